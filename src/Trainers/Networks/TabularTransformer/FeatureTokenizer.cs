using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.GradStability;

/// <summary>
/// Makes a token of each feature: x·w + b of a number, e + b of a key with its learned vector e, and in front of them [CLS], a learned token of no feature.
/// Input <c>[rows, numbers + keys]</c>, output <c>[rows, 1 + numbers + keys, width]</c>. Number weights, biases and [CLS] start from U(−1/√width, 1/√width).
/// </summary>
internal sealed class FeatureTokenizer : Module<Tensor, Tensor>, IInputEncoder, IOwnStart
{
    [ComponentName(Name = "weight")]
    private readonly Parameter? _weight;

    [ComponentName(Name = "bias")]
    private readonly Parameter _bias;

    [ComponentName(Name = "cls")]
    private readonly Parameter _cls;
    private readonly List<EmbeddingTable> _tables = [];
    private readonly int _width;

    public FeatureTokenizer(InputLayout inputs, int width)
        : base(nameof(FeatureTokenizer))
    {
        Numbers = inputs.Numbers;
        _width = width;
        _weight = Numbers > 0 ? LearnedTensor.From(zeros(Numbers, width)) : null;
        _bias = LearnedTensor.From(zeros(inputs.Size, width));
        _cls = LearnedTensor.From(zeros(width));
        RegisterComponents();
        if (inputs.Keys.Count > 0)
        {
            var tables = new LayerStack();
            foreach (var slot in inputs.Keys)
            {
                var table = new EmbeddingTable(slot.Values, width);
                tables.Add(slot.Name, table);
                _tables.Add(table);
            }

            register_module(KeyEmbedding.ModuleName, tables);
        }
    }

    public int Numbers { get; }

    public Action<Tensor, Generator>? StartOf(string parameter) => parameter is "weight" or "bias" or "cls"
        ? (start, random) => start.uniform_(-1 / Math.Sqrt(_width), 1 / Math.Sqrt(_width), random)
        : null;

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var rows = input.shape[0];
        var tokens = _tables.Select((table, i) => table.call(input.select(1, Numbers + i)).unsqueeze(1)).ToList();
        if (_weight is not null)
        {
            tokens.Insert(0, input.narrow(1, 0, Numbers).unsqueeze(2) * _weight);
        }

        return cat([_cls.view(1, 1, _width).expand(rows, 1, _width), cat(tokens, 1) + _bias], 1).MoveToOuterDisposeScope();
    }
}
