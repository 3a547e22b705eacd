namespace MLNet.GradStability.Benchmarks.Quality;

/// <summary>A table learned fold by fold with the default options, of which only network and augmentation may be others.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Bar">The bar.</param>
/// <param name="File">The file of the table.</param>
/// <param name="Kind">What its label is.</param>
internal sealed record TableTask(string Name, double Bar, string File, LabelKind Kind)
    : QualityTask(Name, Kind == LabelKind.Number ? Measure.Rmse : Measure.Accuracy, Bar)
{
    private readonly Lazy<Table> _table = new(() => Table.Read(File, Kind));

    /// <summary>The network; null for the default one.</summary>
    public Network? Network { get; init; }

    /// <summary>What alters its training rows; null for nothing.</summary>
    public Augmentation? Augmentation { get; init; }

    public override int Trainings(int folds) => folds;

    public override double Ours(int folds, int fold, NeuralNetworkOptions options)
    {
        var (train, test) = Folds.Split(_table.Value, folds, fold, options.Seed!.Value);
        options = options with { Network = Network ?? options.Network, Augmentation = Augmentation, LabelSmoothing = Kind == LabelKind.Number ? null : options.LabelSmoothing };
        return TableFit.Measured(train, test, options);
    }

    public override PeerScores? Peers(Peer peer, int folds, int fold, int seed)
    {
        if (Network is not null)
        {
            return null;
        }

        var (train, test) = Folds.Split(_table.Value, folds, fold, seed);
        return PeerFit.Measured(peer, train, test, seed);
    }
}
