namespace MLNet.GradStability;

/// <summary>Numbers about a run that several rules go by, taken once from the evidence.</summary>
internal sealed class RunFacts
{
    // The end of a run is its last tenth, and its first steps those that a warm-up leaves about as they were.
    private const double End = 0.1;

    // With fewer rows a batch, one odd row makes an odd batch.
    private const int FewRows = 8;

    // Numbers that have grown by less are those of other rows; what lasts for fewer steps is no explosion.
    private const double Growth = 10;
    private const int ShortestExplosion = 3;

    public RunFacts(RunEvidence evidence)
    {
        Evidence = evidence;
        Scale = evidence.Baseline + evidence.Penalty;
        FinalLoss = MeanOfEnd(evidence.Spans);
        Episodes = [.. evidence.Series.Episodes.Select(episode => (episode, KindOf(episode)))];
        var spans = evidence.Spans.Where(span => span.Finite > 0).ToList();
        ShareWorse = evidence.Spans.Where(span => !(span.Loss.Sum <= Scale * span.Finite)).Sum(span => span.Count) / Math.Max(1.0, Series.Steps);
        LowestLoss = spans.Count == 0 ? double.PositiveInfinity : spans.Min(span => span.Loss.Mean);
        Depth = evidence.Samples.Count == 0 ? 0 : Trained(evidence.Samples[0]).Count(layer => double.IsFinite(layer.ActivationDeviation));
    }

    /// <summary>What an episode in the series was.</summary>
    public enum EpisodeKind
    {
        /// <summary>Nothing that matters.</summary>
        Noise,

        /// <summary>A step in which a few rows stood out.</summary>
        BadRows,

        /// <summary>Steps that stood out, and no more.</summary>
        Spike,

        /// <summary>Numbers that grew, or stayed, beyond measure.</summary>
        Explosion,
    }

    public RunEvidence Evidence { get; }

    public NeuralNetworkOptions Options => Evidence.Options;

    public IReadOnlyList<NetworkSample> Samples => Evidence.Samples;

    public StepSeries Series => Evidence.Series;

    /// <summary>The loss of a constant prediction, penalty included.</summary>
    public double Scale { get; }

    /// <summary>Mean loss at the end of the run; infinite when no step there was finite.</summary>
    public double FinalLoss { get; }

    /// <summary>The lowest mean loss of any part of the run.</summary>
    public double LowestLoss { get; }

    /// <summary>The share of the loss of a constant prediction that is left at the end.</summary>
    public double Remaining => FinalLoss / Scale;

    /// <summary>The share of the run in which the network did worse than a constant prediction.</summary>
    public double ShareWorse { get; }

    public IReadOnlyList<(Episode Episode, EpisodeKind Kind)> Episodes { get; }

    /// <summary>Layers with weights and an output.</summary>
    public int Depth { get; }

    /// <summary>The first explosion in the run; null when there was none.</summary>
    public Episode? Explosion => Episodes.FirstOrDefault(each => each.Kind == EpisodeKind.Explosion).Episode;

    /// <summary>Whether the hidden layers have an activation that flattens out on both sides.</summary>
    public bool Saturates => Options.Network.Activation is var activation && (activation == Activation.Tanh() || activation == Activation.Sigmoid());

    /// <summary>The first time that the guard had to roll back, or to give up, because of what happened in training; null when it never did.</summary>
    public Incident? RollBack => Evidence.Incidents.FirstOrDefault(incident =>
        incident.Reaction is GuardReaction.RolledBack or GuardReaction.Stopped
        && incident.Kind is not (IncidentKind.DeadNetwork or IncidentKind.NotLearning or IncidentKind.NonFiniteValidation));

    /// <summary>The step at which the training first went wrong; null when it did not.</summary>
    public long? Trouble => Explosion?.Start ?? RollBack?.Step;

    /// <summary>Steps that stood out for no reason of the rows.</summary>
    public IReadOnlyList<Episode> Spikes => Of(EpisodeKind.Spike);

    /// <summary>Steps in which a few rows stood out.</summary>
    public IReadOnlyList<Episode> BadRows => Of(EpisodeKind.BadRows);

    /// <summary>Whether in most samples next to no gradient reached the first layers.</summary>
    public bool Vanishes => Samples.Count(sample => LayerHealth.Vanishing(sample.Layers) is not null) is var count && count > 0 && count * 2 >= Samples.Count;

    /// <summary>The largest update up to the first trouble, against the size of the weights, and its step.</summary>
    public (long Step, double Ratio) LargestUpdate
    {
        get
        {
            var worst = (Step: 0L, Ratio: 0.0);
            foreach (var sample in Samples.Where(sample => sample.Step < (Trouble ?? long.MaxValue)))
            {
                // In a warm-up, updates grow with the rate from the sample on to the explosion.
                var ahead = Explosion is { } next && sample.LearningRate > 0 ? Math.Max(1, next.Rate / sample.LearningRate) : 1;
                var ratio = ahead * UpdateRatio(sample);
                worst = ratio > worst.Ratio ? (sample.Step, ratio) : worst;
            }

            return worst;
        }
    }

    /// <summary>The highest rate of the run.</summary>
    public double PeakRate => Samples.Select(sample => sample.LearningRate).DefaultIfEmpty(double.NaN).Max();

    /// <summary>Samples of the last third, at least the last one.</summary>
    public IReadOnlyList<NetworkSample> LateSamples => [.. Samples.Skip(Math.Min(Samples.Count - 1, Samples.Count * 2 / 3))];

    public static IEnumerable<LayerSample> Trained(NetworkSample sample) => sample.Layers.Where(layer => double.IsFinite(layer.GradientNorm));

    /// <summary>How far the update of a sample moved the layers against their size: the median over them.</summary>
    public static double UpdateRatio(NetworkSample sample) => Median(sample.Layers.Select(layer => layer.UpdateRatio));

    /// <summary>The median of the finite numbers; NaN when there is none.</summary>
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Where(double.IsFinite).Order().ToList();
        return sorted.Count == 0 ? double.NaN : (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    private List<Episode> Of(EpisodeKind kind) => [.. Episodes.Where(each => each.Kind == kind).Select(each => each.Episode)];

    private static double MeanOfEnd(IReadOnlyList<StepSpan> spans)
    {
        var all = spans.Sum(span => span.Count);
        var (sum, finite, steps) = (0.0, 0L, 0L);
        foreach (var span in spans.Reverse())
        {
            sum += span.Loss.Sum;
            finite += span.Finite;
            steps += span.Count;
            if (steps >= End * all)
            {
                break;
            }
        }

        return finite == 0 ? double.PositiveInfinity : sum / finite;
    }

    private EpisodeKind KindOf(Episode episode)
    {
        // Batches of a few rows differ much: a loss must then be beyond all that a wrong label can make it.
        var least = (Options.BatchSize * Options.AccumulationSteps >= FewRows ? 1.5 : 10) * Scale;
        if (episode.NonFinite == 0 && episode.PeakLoss < least)
        {
            return EpisodeKind.Noise;
        }

        // The network was good for the other rows of the step: it had not exploded before them.
        if (episode.Suspects.Count > 0 && episode.FirstLoss >= least && episode.RowLoss < 2 * Math.Max(Scale, double.IsNaN(episode.LossBefore) ? 0 : episode.LossBefore))
        {
            return EpisodeKind.BadRows;
        }

        // What a step did alone is gone with the next one; what the weights did is not.
        var passed = episode.FirstLoss >= episode.PeakLoss && episode.NextLoss < Math.Min(episode.FirstLoss / 2, least);
        var grew = episode.NonFinite > 0 || episode.PeakNorm > Growth * episode.NormBefore || episode.PeakLoss > Growth * Scale;
        return grew && !passed && episode.Length >= ShortestExplosion ? EpisodeKind.Explosion : EpisodeKind.Spike;
    }
}
