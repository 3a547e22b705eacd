using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace MLNet.GradStability.Standins.Tests.TorchSharp;

/// <summary>Operators and functions against PyTorch's values for fixed inputs.</summary>
public partial class FunctionTests
{
    private static readonly Tensor A = torch.tensor(new float[,] { { 0.5f, -1.25f, 2 }, { 3, -0.75f, 0.25f } }).DetachFromDisposeScope();
    private static readonly Tensor B = torch.tensor(new float[,] { { 1.5f, 0.5f, -2 }, { 0.25f, 4, -1 } }).DetachFromDisposeScope();
    private static readonly Tensor P = torch.tensor(new float[,] { { 0.5f, 1.25f, 2 }, { 3, 0.75f, 0.25f } }).DetachFromDisposeScope();
    private static readonly Tensor Classes = torch.tensor(new long[] { 2, 0 }).DetachFromDisposeScope();
    private static readonly Tensor Bits = torch.tensor(new float[,] { { 1, 0, 1 }, { 0, 0, 1 } }).DetachFromDisposeScope();
    private static readonly Tensor Weights = torch.tensor(new float[] { 0.5f, 2, 1 }).DetachFromDisposeScope();
    private static readonly Tensor Index = torch.tensor(new long[] { 1, 0 }).DetachFromDisposeScope();
    private static readonly Tensor Pick = torch.tensor(new long[,] { { 0, 2, 1 }, { 1, 1, 0 } }).DetachFromDisposeScope();

    private static readonly Dictionary<string, Func<Tensor>> Functions =
        Pointwise.Concat(Reductions).Concat(Shapes).Concat(Networks).ToDictionary(pair => pair.Key, pair => pair.Value);

    public static IEnumerable<object[]> Names => Reference.Names("functions.json");

    [Theory]
    [MemberData(nameof(Names))]
    public void A_function_gives_what_PyTorch_gives(string name)
    {
        using var scope = NewDisposeScope();
        Reference.Same(Reference.Read("functions.json").GetProperty(name), Functions[name]());
    }

    private static Dictionary<string, Func<Tensor>> Pointwise => new()
    {
        ["add"] = () => A + B,
        ["add_alpha"] = () => A.add(B, 0.5),
        ["add_scalar"] = () => A + 2,
        ["sub"] = () => A - B,
        ["rsub"] = () => 3 - A,
        ["mul"] = () => A * B,
        ["div"] = () => A / B,
        ["rdiv"] = () => 2 / P,
        ["div_floor"] = () => A.div(B, RoundingMode.floor),
        ["div_trunc"] = () => A.div(B, RoundingMode.trunc),
        ["remainder"] = () => A % B,
        ["pow"] = () => P.pow(B),
        ["pow_scalar"] = () => torch.pow(P, 1.5),
        ["neg"] = () => -A,
        ["abs"] = () => A.abs(),
        ["sign"] = () => A.sign(),
        ["sqrt"] = () => P.sqrt(),
        ["rsqrt"] = () => P.rsqrt(),
        ["square"] = () => A.square(),
        ["reciprocal"] = () => P.reciprocal(),
        ["exp"] = () => A.exp(),
        ["expm1"] = () => A.expm1(),
        ["log"] = () => P.log(),
        ["log1p"] = () => P.log1p(),
        ["log2"] = () => P.log2(),
        ["log10"] = () => P.log10(),
        ["sin"] = () => A.sin(),
        ["cos"] = () => A.cos(),
        ["floor"] = () => A.floor(),
        ["ceil"] = () => A.ceil(),
        ["trunc"] = () => A.trunc(),
        ["round"] = () => A.round(),
        ["round1"] = () => A.round(1),
        ["erf"] = () => A.erf(),
        ["sigmoid"] = () => A.sigmoid(),
        ["tanh"] = () => A.tanh(),
        ["relu"] = () => A.relu(),
        ["softmax"] = () => A.softmax(1),
        ["log_softmax"] = () => A.log_softmax(0),
        ["clamp"] = () => A.clamp(-1, 1),
        ["clamp_min"] = () => A.clamp_min(0),
        ["clamp_max"] = () => A.clamp_max(0),
        ["maximum"] = () => A.maximum(B),
        ["minimum"] = () => torch.minimum(A, B),
        ["lerp"] = () => A.lerp(B, P),
        ["addcmul"] = () => A.addcmul(B, P, 0.5),
        ["addcdiv"] = () => A.addcdiv(B, P, 0.5),
        ["where"] = () => torch.where(A > 0, A, B),
        ["logaddexp"] = () => A.logaddexp(B),
        ["lt"] = () => A < B,
        ["le"] = () => A <= B,
        ["gt"] = () => A > B,
        ["ge"] = () => A >= B,
        ["eq"] = () => A.eq(A.abs()),
        ["ne"] = () => A.ne(A.abs()),
        ["nan_to_num"] = () => A.log().nan_to_num(7),
        ["celu"] = () => F.celu(A, 1.5),
        ["elu"] = () => F.elu(A, 0.7),
        ["gelu"] = () => A.gelu(),
        ["silu"] = () => A.silu(),
        ["mish"] = () => nn.Mish().call(A),
        ["selu"] = () => A.selu(),
        ["leaky_relu"] = () => F.leaky_relu(A, 0.2),
        ["relu6"] = () => (A * 4).relu6(),
        ["hardswish"] = () => A.hardswish(),
        ["softplus"] = () => F.softplus(A, 2, 3),
        ["logsigmoid"] = () => A.log_sigmoid(),
    };
}
