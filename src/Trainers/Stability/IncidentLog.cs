using System.Globalization;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>Writes down what the guard found and did: for the result, and as warnings in the log.</summary>
/// <param name="network">The network.</param>
/// <param name="task">Its loss.</param>
/// <param name="parameters">Its parameters, whose gradients are those of the step at hand.</param>
/// <param name="warn">Receives a line an incident.</param>
/// <param name="ranks">The processes that share the training.</param>
/// <param name="start">What was wrong with the first weights; null when nothing was.</param>
internal sealed class IncidentLog(nn.Module<Tensor, Tensor> network, LearningTask task, ParameterSet parameters, Action<string> warn, ICollective ranks, Incident? start)
{
    private const int MostIncidents = 1000;
    private const int MostWarnings = 100;
    private const int MostRows = 256;
    private List<Incident> _incidents = start is null ? [] : [start];
    private long _rollBacks;
    private long _count;

    /// <summary>The first incidents, in order.</summary>
    public IReadOnlyList<Incident> Incidents => _incidents;

    public long RollBacks => _rollBacks;

    /// <summary>Notes an incident.</summary>
    /// <param name="fault">What was found.</param>
    /// <param name="reaction">What was done.</param>
    /// <param name="step">The step, from 0.</param>
    /// <param name="epoch">The epoch.</param>
    /// <param name="rate">The rate of the next step.</param>
    /// <param name="where">The layer where it shows most.</param>
    /// <param name="rows">The rows to name.</param>
    public void Add(Fault fault, GuardReaction reaction, long step, int epoch, double rate, string? where, IReadOnlyList<long> rows)
    {
        _count++;
        _rollBacks += reaction == GuardReaction.RolledBack ? 1 : 0;
        var sentence = Sentence(fault, reaction, step, epoch, rate, where, rows);
        if (_incidents.Count < MostIncidents)
        {
            _incidents.Add(new Incident(step, epoch, fault.Kind, reaction, where, rows, fault.Loss, fault.Norm, fault.Limit, rate, sentence));
        }

        if (_count <= MostWarnings || reaction != GuardReaction.Skipped)
        {
            warn(_count == MostWarnings ? sentence + " Further skipped steps are counted and not logged." : sentence);
        }
    }

    /// <summary>The layer whose gradient is not finite, the first on the way back from the output; else the one with the largest gradient.</summary>
    public string? Worst()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var norms = SegmentNorms.Of(parameters).to(ScalarType.Float64).cpu().data<double>().ToArray();
        var broken = Array.FindLastIndex(norms, norm => !double.IsFinite(norm));
        return norms.Length == 0 ? null : parameters.Segments[broken >= 0 ? broken : Array.IndexOf(norms, norms.Max())].Layer;
    }

    /// <summary>The rows of a step that are to blame by their own loss, as far as that can be said; else all of its rows.</summary>
    public IReadOnlyList<long> Suspects(Batch[] microBatches)
    {
        var losses = new RowLosses(network, task, microBatches, ranks);
        return [.. (losses.Suspects is { Count: > 0 } suspects ? suspects : losses.Rows).Take(MostRows)];
    }

    public void Exchange(RunState state)
    {
        state.ExchangeJson("incidents", ref _incidents);
        state.Exchange("rollBacks", ref _rollBacks);
        state.Exchange("count", ref _count);
    }

    private static string Sentence(Fault fault, GuardReaction reaction, long step, int epoch, double rate, string? where, IReadOnlyList<long> rows)
    {
        var at = string.Create(CultureInfo.InvariantCulture, $"Step {step + 1}, epoch {epoch}: ");
        var layer = where is null ? string.Empty : $", most in layer {where}";
        var what = fault.Kind switch
        {
            IncidentKind.NonFiniteLoss => $"the loss is {Number(fault.Loss)}",
            IncidentKind.NonFiniteGradient => $"gradient explosion: a gradient is not finite (loss {Number(fault.Loss)}){layer}",
            IncidentKind.GradientSpike => $"gradient explosion: the gradient norm is {Number(fault.Norm)}, above {Number(fault.Limit)} (loss {Number(fault.Loss)}){layer}",
            IncidentKind.LossSpike => $"the loss is {Number(fault.Loss)}, above {Number(fault.Limit)} (gradient norm {Number(fault.Norm)}){layer}",
            IncidentKind.LossRising => $"the training diverges: the mean loss of the last steps has risen to {Number(fault.Loss)}, above {Number(fault.Limit)}",
            IncidentKind.Relapse => $"the network lost what it had learned: the mean loss of the last steps is {Number(fault.Loss)}, above {Number(fault.Limit)}",
            IncidentKind.DeadNetwork => $"the gradient vanished: the first layer has {Number(fault.Norm)} of it, below {Number(fault.Limit)}, at a mean loss of {Number(fault.Loss)}; units are dead or saturated",
            IncidentKind.NotLearning => $"the network has learned nothing yet: the mean loss of the last steps is {Number(fault.Loss)}",
            IncidentKind.NonFiniteValidation => $"the validation loss is {Number(fault.Loss)}",
            _ => $"the signal does not pass through the network as it was initialised{layer}",
        };
        var rates = reaction == GuardReaction.RolledBack ? string.Create(CultureInfo.InvariantCulture, $"rolled back to the last good snapshot, learning rate now {rate:G4}") : reaction switch
        {
            GuardReaction.Skipped => "step skipped",
            GuardReaction.Repaired => "weights drawn anew by the default initialiser",
            GuardReaction.Stopped => "training stopped with the best finite network",
            _ => "nothing was changed",
        };
        var named = rows.Count == 0 ? string.Empty : $" Rows: {string.Join(", ", rows.Take(8))}{(rows.Count > 8 ? ", …" : string.Empty)}.";
        return $"{at}{what}; {rates}.{named}";
    }

    private static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
