using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>Forward, loss, backward and penalty over the micro-batches of one update: leaves the gradient of their mean loss in the flat gradients.</summary>
/// <param name="network">The network.</param>
/// <param name="task">Its loss.</param>
/// <param name="flat">Its parameters.</param>
/// <param name="penalty">Adds to the gradients; null for none.</param>
/// <param name="own">Calls a network that is not the library's.</param>
/// <param name="exchange">Sums the gradients over the ranks of a job; null for a single process.</param>
internal sealed class GradientPass(
    nn.Module<Tensor, Tensor> network, LearningTask task, FlatParameters flat, BoundRegularizer? penalty, OwnModuleForward? own, GradientExchange? exchange = null)
{
    private readonly Tensor _first = flat.First.Gradient;

    /// <summary>Norm of the gradient of the first layer, at the last call.</summary>
    public double FirstNorm { get; set; }

    /// <summary>Computes the gradients; tensors made belong to the caller's scope. One wait for the device.</summary>
    /// <param name="microBatches">The rows.</param>
    /// <param name="last">The norm of the update before, which the same wait brings over.</param>
    /// <returns>Mean loss, penalty included; norm of the gradient; the metric's sum.</returns>
    public (double Loss, double Norm, Tensor Metric) Compute(Batch[] microBatches, UsedNorm last)
    {
        using var _ = no_grad();
        flat.ZeroGradients();
        var (loss, metric) = ForwardAndBackward(microBatches);
        if (penalty?.AddGradient() is { } value)
        {
            loss.add_(value.squeeze());
        }

        Tensor[] measured = [loss, flat.Trained.GradientNormTensor(), _first.norm()];
        var numbers = stack(last.OnDevice is { } norm ? [.. measured, norm] : measured).cpu().data<float>();
        FirstNorm = numbers[2];
        if (last.OnDevice is not null)
        {
            last.WasRead(numbers[3]);
        }

        return (numbers[0], numbers[1], metric);
    }

    private (Tensor Loss, Tensor Metric) ForwardAndBackward(Batch[] microBatches)
    {
        if (exchange is not null)
        {
            return WithRanks(microBatches, exchange);
        }

        if (microBatches is [var only])
        {
            return Backward(only, share: null);
        }

        Tensor?[] weights = [.. microBatches.Select(batch => task.Weights(batch.Targets, batch.Weights)?.sum().to(ScalarType.Float32))];
        var shares = weights.All(weight => weight is null) ? ByRows(microBatches) : ByWeight(microBatches, weights);
        var parts = microBatches.Zip(shares, Backward).ToArray();
        return (stack([.. parts.Select(part => part.Loss)]).sum(), stack([.. parts.Select(part => part.Metric)]).sum());
    }

    private static IEnumerable<Func<Tensor, Tensor>> ByRows(Batch[] microBatches)
    {
        float total = microBatches.Sum(batch => batch.Rows);
        return microBatches.Select(batch => (Func<Tensor, Tensor>)(loss => loss * (batch.Rows / total)));
    }

    private IEnumerable<Func<Tensor, Tensor>> ByWeight(Batch[] microBatches, Tensor?[] weights)
    {
        var known = weights.Zip(microBatches, (weight, batch) => weight ?? flat.Gradients.Number(batch.Rows)).ToArray();
        var total = known.Aggregate((sum, next) => sum + next).clamp_min(float.Epsilon);
        return known.Select(weight => (Func<Tensor, Tensor>)(loss => loss * (weight / total)));
    }

    private (Tensor Loss, Tensor Metric) WithRanks(Batch[] microBatches, GradientExchange ranks)
    {
        // The weight of all rows is not known before the exchange; their number is of its size.
        var rowsOfAll = microBatches.Sum(batch => batch.RowsOfAll);
        var weights = microBatches.Select(WeightOf).ToArray();
        var parts = microBatches.Zip(weights, (batch, weight) => batch.IsSpare ? Spare(batch, weight) : Backward(batch, loss => loss * (weight / (float)rowsOfAll))).ToArray();
        return ranks.Reduce(
            stack(weights).sum() / (float)rowsOfAll,
            stack([.. parts.Select(part => part.Loss)]).sum(),
            stack([.. parts.Select(part => part.Metric.to(ScalarType.Float32))]).sum(),
            microBatches.Sum(batch => batch.Counted),
            rowsOfAll);
    }

    private Tensor WeightOf(Batch batch) => batch.IsSpare
        ? flat.Gradients.Number(0)
        : task.Weights(batch.Targets, batch.Weights)?.sum().to(ScalarType.Float32) ?? flat.Gradients.Number(batch.Rows);

    private (Tensor Loss, Tensor Metric) Spare(Batch batch, Tensor nothing)
    {
        Forward(batch);
        return (nothing, nothing);
    }

    private Tensor Forward(Batch batch) => own?.Call(batch.Features) ?? network.call(batch.Features);

    private (Tensor Loss, Tensor Metric) Backward(Batch batch, Func<Tensor, Tensor>? share)
    {
        using var grad = enable_grad();
        var outputs = Forward(batch);
        var mean = batch.Loss(task, outputs);
        var loss = share is null ? mean : share(mean);
        loss.backward();
        using var _ = no_grad();
        return (loss.detach(), task.MetricSum(outputs, batch.Targets));
    }
}
