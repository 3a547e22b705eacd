using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>The losses of the rows of a step one by one: whether some of them are to blame, or all alike.</summary>
internal sealed class RowLosses
{
    // Rows so far above the median row of their batch stand out.
    private const double SuspectRatio = 10;

    // Beside one that is far worse yet they do not.
    private const double ShareOfWorst = 0.01;
    private readonly long[] _rows;
    private readonly double[] _losses;

    /// <summary>Passes the rows through the network, each rank its own; what passes change is put back but for random state.</summary>
    public RowLosses(nn.Module<Tensor, Tensor> network, LearningTask task, Batch[] microBatches, ICollective ranks)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var kept = new KeptStatistics(network);
        var rows = new List<double>();
        var losses = new List<double>();
        foreach (var batch in microBatches.Where(batch => !batch.IsSpare))
        {
            rows.AddRange(batch.RowIds().Select(row => (double)row));
            losses.AddRange(batch.RowLosses(task, network.call(batch.Features)).to(ScalarType.Float64).cpu().data<double>());
        }

        _rows = [.. ranks.Gather(rows).Select(row => (long)row)];
        _losses = ranks.Gather(losses);
        Median = _losses.Order().ElementAt(_losses.Length / 2);
    }

    /// <summary>The loss of the median row; need not be finite.</summary>
    public double Median { get; }

    /// <summary>The numbers of all rows.</summary>
    public IReadOnlyList<long> Rows => _rows;

    /// <summary>The numbers of the rows far above the median; none when that is not finite.</summary>
    public IReadOnlyList<long> Suspects
    {
        get
        {
            if (!double.IsFinite(Median))
            {
                return [];
            }

            var limit = Math.Max(SuspectRatio * Median, ShareOfWorst * _losses.Where(double.IsFinite).Max());
            return [.. _rows.Zip(_losses).Where(row => !(row.Second <= limit)).Select(row => row.First)];
        }
    }
}
