using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What the recurrent modules share: parameters by layer and direction, in the order of the operators.</summary>
internal sealed class RecurrentWeights
{
    private readonly nn.Module _owner;
    private readonly List<string> _names = [];
    private readonly double _dropout;
    private readonly bool _bias;

    public RecurrentWeights(nn.Module owner, long gates, long inputSize, long hiddenSize, long layers, bool bias, bool batchFirst,
        double dropout, bool bidirectional, Device? device, ScalarType? dtype)
    {
        (_owner, HiddenSize, Layers, _bias, BatchFirst, _dropout, Bidirectional) =
            (owner, hiddenSize, layers, bias, batchFirst, dropout, bidirectional);
        var bound = hiddenSize > 0 ? 1 / Math.Sqrt(hiddenSize) : 0;
        for (long layer = 0; layer < layers; layer++)
        {
            var inputs = layer == 0 ? inputSize : hiddenSize * Directions;
            foreach (var suffix in bidirectional ? new[] { "", "_reverse" } : [""])
            {
                Add($"weight_ih_l{layer}{suffix}", gates * hiddenSize, inputs);
                Add($"weight_hh_l{layer}{suffix}", gates * hiddenSize, hiddenSize);
                if (!bias)
                    continue;
                Add($"bias_ih_l{layer}{suffix}", gates * hiddenSize);
                Add($"bias_hh_l{layer}{suffix}", gates * hiddenSize);
            }
        }

        void Add(string name, params long[] shape)
        {
            var parameter = empty(shape, dtype, device).AsParameter();
            nn.init.uniform_(parameter, -bound, bound);
            owner.register_parameter(name, parameter);
            _names.Add(name);
        }
    }

    public long HiddenSize { get; }

    public long Layers { get; }

    public bool BatchFirst { get; }

    public bool Bidirectional { get; }

    public long Directions => Bidirectional ? 2 : 1;

    public bool HasBias => _bias;

    public double Dropout => _dropout;

    public bool Training => _owner.training;

    public Tensor[] All() => _names.Select(name => (Tensor)_owner.Own(name)).ToArray();

    public Tensor Zeros(Tensor input)
    {
        var shape = input.shape;
        long[] size = [Layers * Directions, HiddenSize];
        return zeros(shape.Length == 2 ? size : [size[0], shape[BatchFirst ? 0 : 1], size[1]], input.dtype, input.device);
    }
}
