using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.GradStability;

/// <summary>One recurrent layer, from zero states: <c>[rows, steps, inputs]</c> becomes <c>[rows, steps, hidden]</c>, twice as wide in both directions.</summary>
internal sealed class RecurrentLayer : Module<Tensor, Tensor>, IOwnStart, IOnnxLayer
{
    private const double IrnnInputDeviation = 0.001;
    private readonly RecurrentCell _kind;
    private readonly Func<Tensor, Tensor> _states;

    public RecurrentLayer(RecurrentCell kind, long inputs, long hidden, bool bidirectional)
        : base(nameof(RecurrentLayer))
    {
        _kind = kind;
        switch (kind)
        {
            case RecurrentCell.Lstm:
                var lstm = LSTM(inputs, hidden, 1, true, true, 0, bidirectional);
                register_module("cell", lstm);
                _states = input => lstm.call(input).Item1;
                break;
            case RecurrentCell.Gru:
                var gru = GRU(inputs, hidden, 1, true, true, 0, bidirectional);
                register_module("cell", gru);
                _states = input => gru.call(input).Item1;
                break;
            default:
                var rnn = RNN(inputs, hidden, 1, kind == RecurrentCell.Irnn ? NonLinearities.ReLU : NonLinearities.Tanh, true, true, 0, bidirectional);
                register_module("cell", rnn);
                _states = input => rnn.call(input).Item1;
                break;
        }
    }

    /// <summary>How many maps of input and state a cell has.</summary>
    public static int Gates(RecurrentCell kind) => kind switch
    {
        RecurrentCell.Lstm => 4,
        RecurrentCell.Gru => 3,
        _ => 1,
    };

    public Action<Tensor, Generator>? StartOf(string parameter) => (parameter["cell.".Length..].Split("_l")[0], _kind) switch
    {
        ("weight_hh", RecurrentCell.Irnn) => (weight, _) => KernelCentre.Fill(weight, eye(weight.shape[0])),
        ("weight_hh", _) => OrthogonalGates,
        ("weight_ih", RecurrentCell.Irnn) => (weight, random) => weight.normal_(0, IrnnInputDeviation, random),
        ("bias_ih", RecurrentCell.Lstm) => OpenForgetGate,
        _ => null,
    };

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return _states(input).MoveToOuterDisposeScope();
    }

    public OnnxValue Export(OnnxScope scope, OnnxValue input) => RecurrentExport.Export(scope.In("cell"), input, _kind, named_parameters().ToDictionary(named => named.Item1["cell.".Length..], named => (Tensor)named.Item2));

    private static void OrthogonalGates(Tensor weight, Generator random)
    {
        var hidden = weight.shape[1];
        for (var gate = 0L; gate < weight.shape[0] / hidden; gate++)
        {
            weight.narrow(0, gate * hidden, hidden).copy_(Draw.Orthonormal(hidden, hidden, weight, random));
        }
    }

    /// <summary>The gates of an LSTM lie in the order input, forget, cell, output.</summary>
    private static void OpenForgetGate(Tensor bias, Generator random)
    {
        var hidden = bias.shape[0] / 4;
        bias.zero_().narrow(0, hidden, hidden).fill_(1);
    }
}
