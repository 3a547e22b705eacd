using static MLNet.GradStability.OnnxFormat.TensorProto.Types;

namespace MLNet.GradStability;

/// <summary>The columns that a network reads, as the rows come into a graph: numbers as Single, keys as ML.NET's uint32, 0 for a missing one.</summary>
internal class OnnxColumns(OnnxGraph graph)
{
    protected OnnxScope Scope { get; } = new(graph);

    /// <summary>The values of a column, <c>[rows, size]</c>.</summary>
    public virtual OnnxValue Read(InputColumn column) => graph.Input(column.Name, column.IsKey ? DataType.Uint32 : DataType.Float, column.Size);

    /// <summary>A row as the network sees it: all numbers, then all keys, which are 0 where there is no such value.</summary>
    public (OnnxValue? Numbers, OnnxValue? Keys) Read(InputLayout layout)
    {
        var values = layout.Columns.Select(column => (Column: column, Value: Read(column))).ToList();
        return (
            Joined([.. values.Where(read => !read.Column.IsKey).Select(read => read.Value)]),
            Joined([.. values.Where(read => read.Column.IsKey).Select(read => KnownKeys(read.Value, read.Column.Values))]));
    }

    private OnnxValue? Joined(IReadOnlyList<OnnxValue> values) => values.Count == 0 ? null : Scope.Concat(values, 1);

    // Keys travel with the numbers, as in training: each of them is a Single exactly.
    private OnnxValue KnownKeys(OnnxValue keys, int most)
    {
        var whole = Scope.Cast(keys, DataType.Int64);
        var known = Scope.Op("Where", [Scope.Op("Greater", [whole, Scope.Integer(most)]), Scope.Integer(0), whole]) with { Rank = 2 };
        return Scope.Cast(known, DataType.Float);
    }
}
