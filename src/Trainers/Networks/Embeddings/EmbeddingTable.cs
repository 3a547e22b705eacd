using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.GradStability;

/// <summary>
/// A learned vector for each key: <c>weight</c> <c>[values + 1, size]</c>, row 0 for a missing or unknown key. Input <c>[rows]</c>, keys as Float32; output
/// <c>[rows, size]</c>. Its vectors start from N(0, 1/size), so that a key varies as much as one scaled number.
/// </summary>
internal sealed class EmbeddingTable : Module<Tensor, Tensor>, IOwnStart, IOnnxLayer
{
    [ComponentName(Name = "weight")]
    private readonly Parameter _vectors;

    public EmbeddingTable(int values, int size)
        : base(nameof(EmbeddingTable))
    {
        _vectors = LearnedTensor.From(zeros(values + 1L, size));
        RegisterComponents();
    }

    public Parameter Vectors => _vectors;

    public Action<Tensor, Generator>? StartOf(string parameter) => (vectors, random) => vectors.normal_(0, 1 / Math.Sqrt(vectors.shape[1]), random);

    public override Tensor forward(Tensor input)
    {
        using var keys = input.to(ScalarType.Int64);
        return _vectors.index_select(0, keys);
    }

    public OnnxValue Export(OnnxScope scope, OnnxValue input) =>
        scope.Op("Gather", [scope.Weight("weight", _vectors), scope.Cast(input, OnnxFormat.TensorProto.Types.DataType.Int64)], OnnxAttribute.Integer("axis", 0)) with { Rank = input.Rank + 1 };
}
