using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.GradStability;

/// <summary>
/// Makes a token of each feature: x·w + b of a number, e + b of a key with its learned vector e, and in front of them [CLS], a learned token of no feature.
/// Input <c>[rows, numbers + keys]</c>, output <c>[rows, 1 + numbers + keys, width]</c>. Number weights, biases and [CLS] start from U(−1/√width, 1/√width).
/// </summary>
internal sealed class FeatureTokenizer : Module<Tensor, Tensor>, IInputEncoder, IOwnStart, IOnnxLayer
{
    [ComponentName(Name = "weight")]
    private readonly Parameter? _weight;

    [ComponentName(Name = "bias")]
    private readonly Parameter _bias;

    [ComponentName(Name = "cls")]
    private readonly Parameter _cls;
    private readonly List<(string Name, EmbeddingTable Table)> _tables = [];
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
                _tables.Add((slot.Name, table));
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
        var tokens = _tables.Select((slot, i) => slot.Table.call(input.select(1, Numbers + i)).unsqueeze(1)).ToList();
        if (_weight is not null)
        {
            tokens.Insert(0, input.narrow(1, 0, Numbers).unsqueeze(2) * _weight);
        }

        return cat([_cls.view(1, 1, _width).expand(rows, 1, _width), cat(tokens, 1) + _bias], 1).MoveToOuterDisposeScope();
    }

    public OnnxValue Export(OnnxScope scope, OnnxValue input)
    {
        var place = scope.In(KeyEmbedding.ModuleName);
        var tokens = _tables.Select((slot, i) => Unsqueeze(slot.Table.Export(place.In(slot.Name), scope.Select(input, 1, Numbers + i)), 1)).ToList();
        if (_weight is not null)
        {
            tokens.Insert(0, scope.Op("Mul", [Unsqueeze(scope.Slice(input, 1, 0, Numbers), 2), scope.Weight("weight", _weight)]));
        }

        var rows = scope.Op("Shape", [input], OnnxAttribute.Integer("start", 0), OnnxAttribute.Integer("end", 1)) with { Rank = 1 };
        var first = scope.Op("Expand", [scope.Weight("cls", _cls), scope.Concat([rows, scope.Integers(1, _width)], 0)]) with { Rank = 3 };
        return scope.Concat([first, scope.Op("Add", [scope.Concat(tokens, 1), scope.Weight("bias", _bias)])], 1);

        OnnxValue Unsqueeze(OnnxValue value, long axis) => scope.Op("Unsqueeze", [value, scope.Integers(axis)]) with { Rank = value.Rank + 1 };
    }
}
