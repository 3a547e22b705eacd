using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>The rows of a mini-batch that is about to be used. Its tensors are copies: what is written into them lasts for this step.</summary>
/// <remarks>
/// Change them in place (<c>rows.Features.mul_(2)</c>, <c>rows.Features[0] = …</c>). Tensors made meanwhile are disposed when the step ends.
/// They are where the network is trained: on a GPU, tensors that meet them have to be moved to <c>rows.Features.device</c>.
/// </remarks>
public sealed class StepRows
{
    private readonly Batch _batch;

    internal StepRows(Batch batch, int part, int parts)
    {
        _batch = batch;
        Part = part;
        Parts = parts;
    }

    /// <summary><c>[rows, features]</c>, Float32, as <see cref="NeuralNetworkOptions.InputScaling"/> scaled them.</summary>
    public Tensor Features => _batch.Features;

    /// <summary><c>[rows]</c>: class index (Int64), 0 or 1 (Float32), or the standardised number (Float32) of a regression; <c>[rows, outputs]</c> where labels are vectors.</summary>
    public Tensor Targets => _batch.Targets;

    /// <summary><c>[rows]</c>, Float32; null when the options name no weight column.</summary>
    public Tensor? Weights => _batch.Weights;

    /// <summary>Which mini-batch of the step this is, from 0.</summary>
    public int Part { get; }

    /// <summary>Mini-batches of the step: <see cref="NeuralNetworkOptions.AccumulationSteps"/>, or what an epoch's last step has left.</summary>
    public int Parts { get; }

    /// <summary>The numbers of the rows, from 0, in the order of the data given to <c>Fit</c>.</summary>
    public long[] RowIds() => _batch.RowIds();
}
