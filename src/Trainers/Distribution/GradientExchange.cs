using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>
/// Sums the gradients over the ranks, in one all-reduce, together with what else must be the same on all of them: the weight of the rows, loss and metric, the running
/// statistics of batch norms, and whether somebody wants the run to end.
/// </summary>
/// <remarks>
/// Each rank brings Σᵢ wᵢ∇lᵢ and Σᵢ wᵢ over its own rows of the batch, and takes the sum of the ones by that of the others: the gradient of the mean over all rows, whatever part of
/// them each holds. Batch norms normalise by the rank's own rows; their running statistics become the mean over the ranks, weighted by rows.
/// </remarks>
internal sealed class GradientExchange
{
    private const int Weight = 0;
    private const int Loss = 1;
    private const int Metric = 2;
    private const int Stops = 3;
    private const int Fixed = 5;
    private readonly ICollective _ranks;
    private readonly FlatParameters _flat;
    private readonly List<(nn.Module Layer, Tensor Statistic)> _statistics;

    /// <param name="ranks">The ranks.</param>
    /// <param name="flat">The parameters, with room for <see cref="NumbersOf"/> numbers behind the gradients.</param>
    /// <param name="network">The network.</param>
    public GradientExchange(ICollective ranks, FlatParameters flat, nn.Module network)
    {
        _ranks = ranks;
        _flat = flat;
        _statistics = StatisticsOf(network);
    }

    /// <summary>Whether this rank wants the run to end, by its program or because it was cancelled; told to all with the next gradients.</summary>
    public (bool Stop, bool Cancel) Wish { get; set; }

    /// <summary>Whether any rank wanted it when the last gradients were summed; the same on all.</summary>
    public (bool Stop, bool Cancel) Wishes { get; private set; }

    /// <summary>Numbers that travel behind the gradients.</summary>
    public static long NumbersOf(nn.Module network) => Fixed + StatisticsOf(network).Sum(pair => pair.Statistic.numel());

    /// <summary>Sums the gradients, under <c>no_grad</c>; tensors made belong to the caller's scope.</summary>
    /// <param name="weight">The weight of this rank's rows, in any unit that is the same on all ranks.</param>
    /// <param name="loss">Their mean loss times that weight, of which the gradients are.</param>
    /// <param name="metric">The metric's sum over them, Float32.</param>
    /// <param name="rows">How many they are.</param>
    /// <param name="rowsOfAll">Rows of all ranks.</param>
    /// <returns>The mean loss and the metric's sum of all rows.</returns>
    public (Tensor Loss, Tensor Metric) Reduce(Tensor weight, Tensor loss, Tensor metric, long rows, long rowsOfAll)
    {
        var behind = _flat.Behind;
        behind.narrow(0, 0, Fixed).copy_(stack([weight, loss, metric, behind.Number(Wish.Stop ? 1 : 0), behind.Number(Wish.Cancel ? 1 : 0)]));
        foreach (var (statistic, place) in Moving(behind))
        {
            place.copy_(statistic.view(-1)).mul_((double)rows / rowsOfAll);
        }

        _ranks.Sum(_flat.GradientsAndBehind);
        foreach (var (statistic, place) in Moving(behind))
        {
            statistic.view(-1).copy_(place);
        }

        var total = behind[Weight].clamp_min(float.Epsilon);
        _flat.Gradients.div_(total);
        var wishes = behind.narrow(0, Stops, 2).cpu().data<float>();
        Wishes = (wishes[0] > 0, wishes[1] > 0);
        return (behind[Loss] / total, behind[Metric].clone());
    }

    private static List<(nn.Module Layer, Tensor Statistic)> StatisticsOf(nn.Module network) =>
        [.. network.modules().SelectMany(layer => BatchNormStatistics.Own(layer).Select(statistic => (layer, statistic)))];

    /// <summary>The statistics that forward passes move, those of frozen layers not among them, each with its place behind the gradients.</summary>
    private IEnumerable<(Tensor Statistic, Tensor Place)> Moving(Tensor behind)
    {
        long start = Fixed;
        foreach (var (layer, statistic) in _statistics)
        {
            var length = statistic.numel();
            if (layer.training)
            {
                yield return (statistic, behind.narrow(0, start, length));
            }

            start += length;
        }
    }
}
