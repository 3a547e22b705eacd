using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.GradStability;

/// <summary>
/// Multi-head attention of tokens to one another (Vaswani et al. 2017, arXiv:1706.03762): for each head dropout(softmax(QKᵀ/√size))·V, then a linear
/// layer over all heads. Input <c>[rows, tokens, width]</c>; output of the same shape, or of the first token alone.
/// </summary>
internal sealed class SelfAttention : Module<Tensor, Tensor>, IOnnxLayer
{
    [ComponentName(Name = "query")]
    private readonly Module<Tensor, Tensor> _query;

    [ComponentName(Name = "key")]
    private readonly Module<Tensor, Tensor> _key;

    [ComponentName(Name = "value")]
    private readonly Module<Tensor, Tensor> _value;

    [ComponentName(Name = "dropout")]
    private readonly Module<Tensor, Tensor> _dropout;

    [ComponentName(Name = "out")]
    private readonly Module<Tensor, Tensor> _out;
    private readonly int _width;
    private readonly int _heads;
    private readonly bool _firstOnly;

    /// <param name="width">Numbers of a token.</param>
    /// <param name="heads">Heads; they divide the width.</param>
    /// <param name="dropout">Share of attention set to 0 in training.</param>
    /// <param name="firstOnly">Whether only the first token attends, and comes out.</param>
    /// <param name="random">What dropout draws from.</param>
    public SelfAttention(int width, int heads, double dropout, bool firstOnly, Generator? random)
        : base(nameof(SelfAttention))
    {
        (_width, _heads, _firstOnly) = (width, heads, firstOnly);
        _query = Linear(width, width);
        _key = Linear(width, width);
        _value = Linear(width, width);
        _dropout = new SeededDropout(dropout, random);
        _out = Linear(width, width);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var asking = _firstOnly ? input.narrow(1, 0, 1) : input;
        var (query, key, value) = (Heads(_query.call(asking)), Heads(_key.call(input)), Heads(_value.call(input)));
        var weights = (query.matmul(key.transpose(2, 3)) / Math.Sqrt((double)_width / _heads)).softmax(-1);
        var mixed = _dropout.call(weights).matmul(value).transpose(1, 2).reshape(input.shape[0], asking.shape[1], _width);
        return _out.call(mixed).MoveToOuterDisposeScope();
    }

    /// <summary><c>[rows, tokens, width]</c> as <c>[rows, heads, tokens, width/heads]</c>.</summary>
    public OnnxValue Export(OnnxScope scope, OnnxValue input)
    {
        var asking = _firstOnly ? scope.Slice(input, 1, 0, 1) : input;
        var (query, key, value) = (Heads("query", _query, asking, 0, 2, 1, 3), Heads("key", _key, input, 0, 2, 3, 1), Heads("value", _value, input, 0, 2, 1, 3));
        var weights = scope.Op("Softmax", [scope.Op("Div", [scope.Op("MatMul", [query, key]), scope.Single(Math.Sqrt((double)_width / _heads))])], OnnxAttribute.Integer("axis", -1));
        var mixed = scope.Reshape(scope.Transpose(scope.Op("MatMul", [weights, value]), 0, 2, 1, 3), 0, 0, _width);
        return OnnxRules.Export(_out, scope.In("out"), mixed);

        OnnxValue Heads(string name, Module<Tensor, Tensor> linear, OnnxValue tokens, params long[] order) =>
            scope.Transpose(scope.Reshape(OnnxRules.Export(linear, scope.In(name), tokens), 0, 0, _heads, _width / _heads), order);
    }

    private Tensor Heads(Tensor tokens) => tokens.view(tokens.shape[0], tokens.shape[1], _heads, _width / _heads).transpose(1, 2);
}
