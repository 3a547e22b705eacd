using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.GradStability;

/// <summary>Sees the vectors of a batch, <c>[rows, numbers]</c>, in the shape of a row: <c>[rows, …]</c>.</summary>
internal sealed class RowView(IReadOnlyList<int> shape) : Module<Tensor, Tensor>(nameof(RowView)), IOnnxLayer
{
    public override Tensor forward(Tensor input) => input.reshape([input.shape[0], .. shape.Select(size => (long)size)]);

    public OnnxValue Export(OnnxScope scope, OnnxValue input) => scope.Reshape(input, [0, .. shape.Select(size => (long)size)]);
}
