using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.GradStability;

/// <summary>
/// Two residual steps over tokens <c>[rows, tokens, width]</c>, each with its normalisation in front: x + dropout(attention(norm(x))), then
/// x + dropout(shrink(dropout(ReGLU(expand(norm(x)))))). The first block of a network attends without a norm; the last one gives the first token alone,
/// <c>[rows, width]</c>, and computes no other.
/// </summary>
internal sealed class TransformerBlock : Module<Tensor, Tensor>, IOnnxLayer
{
    [ComponentName(Name = "attention_norm")]
    private readonly Module<Tensor, Tensor>? _attentionNorm;

    [ComponentName(Name = "attention")]
    private readonly Module<Tensor, Tensor> _attention;

    [ComponentName(Name = "feedforward")]
    private readonly LayerStack _feedForward = new();

    [ComponentName(Name = "residual_dropout")]
    private readonly Module<Tensor, Tensor>? _residualDropout;
    private readonly bool _isLast;

    /// <param name="network">The sizes and shares.</param>
    /// <param name="isFirst">Whether it is the first block.</param>
    /// <param name="isLast">Whether it is the last block.</param>
    /// <param name="random">What dropout draws from.</param>
    public TransformerBlock(TabularTransformerNetwork network, bool isFirst, bool isLast, Generator? random)
        : base(nameof(TransformerBlock))
    {
        _isLast = isLast;
        _attentionNorm = isFirst ? null : TorchModules.LayerNormalization(network.Width);
        _attention = new SelfAttention(network.Width, network.Heads, network.AttentionDropout, isLast, random);
        _feedForward.Add("norm", TorchModules.LayerNormalization(network.Width));
        _feedForward.Add("expand", Linear(network.Width, 2 * network.Hidden));
        _feedForward.Add("activation", new ReGlu());
        if (network.Dropout > 0)
        {
            _feedForward.Add("dropout", new SeededDropout(network.Dropout, random));
        }

        _feedForward.Add("shrink", Linear(network.Hidden, network.Width));
        _residualDropout = network.ResidualDropout > 0 ? new SeededDropout(network.ResidualDropout, random) : null;
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var tokens = _isLast ? input.narrow(1, 0, 1) : input;
        tokens += Dropped(_attention.call(_attentionNorm?.call(input) ?? input));
        tokens += Dropped(_feedForward.call(tokens));
        return (_isLast ? tokens.select(1, 0) : tokens).MoveToOuterDisposeScope();
    }

    public OnnxValue Export(OnnxScope scope, OnnxValue input)
    {
        var tokens = _isLast ? scope.Slice(input, 1, 0, 1) : input;
        var normalized = _attentionNorm is null ? input : OnnxRules.Export(_attentionNorm, scope.In("attention_norm"), input);
        tokens = scope.Op("Add", [tokens, OnnxRules.Export(_attention, scope.In("attention"), normalized)]);
        tokens = scope.Op("Add", [tokens, _feedForward.Export(scope.In("feedforward"), tokens)]);
        return _isLast ? scope.Select(tokens, 1, 0) : tokens;
    }

    private Tensor Dropped(Tensor branch) => _residualDropout?.call(branch) ?? branch;
}
