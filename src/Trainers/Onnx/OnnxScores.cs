using static MLNet.GradStability.OnnxFormat.TensorProto.Types;

namespace MLNet.GradStability;

/// <summary>What a task makes columns of: the outputs of a network in a graph.</summary>
/// <param name="graph">The graph.</param>
/// <param name="outputs">What the network puts out, <c>[rows, outputs]</c>.</param>
/// <param name="isMissing">Which rows have a NaN feature, <c>[rows, 1]</c>; null where features are keys alone.</param>
internal sealed class OnnxScores(OnnxGraph graph, OnnxValue outputs, OnnxValue? isMissing)
{
    public OnnxScope Scope { get; } = new(graph);

    public OnnxValue Outputs => outputs;

    /// <summary>A column of numbers, which are NaN for rows with a NaN feature: runtimes differ in what an operator makes of a NaN.</summary>
    public void Numbers(string name, OnnxValue value, params IReadOnlyList<int> sizes)
    {
        var numbers = isMissing is { } missing ? Scope.Op("Where", [missing, Scope.Single(double.NaN), value]) : value;
        Column(name, DataType.Float, numbers, sizes);
    }

    /// <summary>A column of truth values, which are false for rows with a NaN feature.</summary>
    public void Truths(string name, OnnxValue value, params IReadOnlyList<int> sizes)
    {
        var truths = isMissing is { } missing ? Scope.Op("And", [value, Scope.Op("Not", [missing])]) : value;
        Column(name, DataType.Bool, truths, sizes);
    }

    /// <summary>A column of keys from whole numbers that count from 1; 0, the missing key, for rows with a NaN feature.</summary>
    public void Keys(string name, OnnxValue value)
    {
        var keys = isMissing is { } missing ? Scope.Op("Where", [missing, Scope.Integer(0), value]) : value;
        Column(name, DataType.Uint32, Scope.Cast(keys, DataType.Uint32), [1]);
    }

    // A row of the network's outputs is flat.
    private void Column(string name, DataType type, OnnxValue value, IReadOnlyList<int> sizes)
    {
        var shape = sizes.Select(size => (long)size).ToArray();
        graph.Output(name, type, shape.Length == 1 ? value : Scope.Reshape(value, [0, .. shape]), shape);
    }
}
