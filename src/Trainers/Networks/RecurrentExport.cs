using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>Writes recurrent layers as the ONNX operators RNN, GRU and LSTM, whose gates stand in another order than torch's.</summary>
internal static class RecurrentExport
{
    private const string Backwards = "_reverse";

    /// <param name="scope">The place of the cell.</param>
    /// <param name="input">A sequence, <c>[rows, steps, features]</c>.</param>
    /// <param name="kind">The cell.</param>
    /// <param name="weights">Its parameters, as torch names them.</param>
    /// <returns>The states, <c>[rows, steps, width]</c>.</returns>
    public static OnnxValue Export(OnnxScope scope, OnnxValue input, RecurrentCell kind, IReadOnlyDictionary<string, Tensor> weights)
    {
        using var none = NewDisposeScope();
        string[] directions = weights.ContainsKey($"weight_ih_l0{Backwards}") ? [string.Empty, Backwards] : [string.Empty];
        OnnxValue[] inputs = [scope.Transpose(input, 1, 0, 2), Stacked("weight_ih"), Stacked("weight_hh"), scope.Weight("bias", stack([.. directions.Select(Biases)]))];
        var states = scope.Ops(Operator(kind), inputs, 1, [.. Attributes(kind, directions.Length, weights["weight_hh_l0"].shape[1])])[0];

        // [steps, directions, rows, hidden] becomes [rows, steps, directions·hidden].
        return scope.Reshape(scope.Transpose(states with { Rank = 4 }, 2, 0, 1, 3), 0, 0, -1);

        OnnxValue Stacked(string name) => scope.Weight(name, stack([.. directions.Select(direction => Ordered(weights[$"{name}_l0{direction}"], kind))]));

        Tensor Biases(string direction) => cat([Ordered(weights[$"bias_ih_l0{direction}"], kind), Ordered(weights[$"bias_hh_l0{direction}"], kind)]);
    }

    private static string Operator(RecurrentCell kind) => kind switch
    {
        RecurrentCell.Lstm => "LSTM",
        RecurrentCell.Gru => "GRU",
        _ => "RNN",
    };

    private static IEnumerable<OnnxFormat.AttributeProto> Attributes(RecurrentCell kind, int directions, long hidden)
    {
        yield return OnnxAttribute.Integer("hidden_size", hidden);
        yield return OnnxAttribute.Text("direction", directions == 2 ? "bidirectional" : "forward");
        if (kind == RecurrentCell.Gru)
        {
            // As torch: the reset gate acts behind the matrix product.
            yield return OnnxAttribute.Integer("linear_before_reset", 1);
        }

        if (kind is RecurrentCell.Rnn or RecurrentCell.Irnn)
        {
            yield return OnnxAttribute.Texts("activations", Enumerable.Repeat(kind == RecurrentCell.Irnn ? "Relu" : "Tanh", directions));
        }
    }

    /// <summary>The gates in ONNX's order: torch has input, forget, cell, output (LSTM) and reset, update, new (GRU).</summary>
    private static Tensor Ordered(Tensor weight, RecurrentCell kind)
    {
        long[] order = kind switch
        {
            RecurrentCell.Lstm => [0, 3, 1, 2],
            RecurrentCell.Gru => [1, 0, 2],
            _ => [0],
        };
        var size = weight.shape[0] / order.Length;
        return cat([.. order.Select(gate => weight.narrow(0, gate * size, size))]);
    }
}
