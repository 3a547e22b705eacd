using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Learns what to put in the place of NaN.</summary>
public sealed class MissingValueReplacingEstimator : IEstimator<MissingValueReplacingTransformer>
{
    private readonly IHost _host;
    private readonly InputOutputColumnPair[] _columns;
    private readonly ReplacementMode _mode;
    private readonly bool _bySlot;

    internal MissingValueReplacingEstimator(IHostEnvironment env, InputOutputColumnPair[] columns, ReplacementMode mode, bool bySlot)
    {
        _host = env.Register(nameof(MissingValueReplacingEstimator));
        Contracts.CheckValue(columns, nameof(columns));
        _columns = columns;
        _mode = mode;
        _bySlot = bySlot;
    }

    /// <summary>What NaN is replaced by.</summary>
    public enum ReplacementMode : byte
    {
        /// <summary>Zero.</summary>
        DefaultValue = 0,

        /// <summary>The mean of the finite values.</summary>
        Mean = 1,

        /// <summary>The smallest value.</summary>
        Minimum = 2,

        /// <summary>The largest value.</summary>
        Maximum = 3,

        /// <summary>The most frequent finite value.</summary>
        Mode = 5,
    }

    /// <summary>Reads the data, unless zero is the replacement, and learns the replacements.</summary>
    public MissingValueReplacingTransformer Fit(IDataView input)
    {
        Contracts.CheckValue(input, nameof(input));
        DataViewSchema.Column[] sources = [.. _columns.Select(pair => input.Schema.GetColumnOrNull(pair.InputColumnName)
            ?? throw Contracts.ExceptSchemaMismatch(nameof(input), "input", pair.InputColumnName))];
        foreach (var source in sources)
            MissingValueReplacingTransformer.CheckType(source.Type.GetItemType());
        return new([.. _columns.Select(pair => (pair.OutputColumnName, pair.InputColumnName))],
            [.. _mode == ReplacementMode.DefaultValue ? sources.Select(Replacement.Zero) : Learn(input, sources)]);
    }

    /// <summary>The shape of the output, or an exception if a column has no missing values.</summary>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        var result = new ShapeChange(inputSchema);
        foreach (var pair in _columns)
        {
            var column = result.Find(pair.InputColumnName);
            MissingValueReplacingTransformer.CheckType(column.ItemType);
            var annotations = new List<SchemaShape.Column>();
            foreach (string kind in new[] { AnnotationUtils.Kinds.SlotNames, AnnotationUtils.Kinds.IsNormalized })
            {
                if (column.Annotations.TryFindColumn(kind, out var annotation))
                    annotations.Add(annotation);
            }
            result.Set(new(pair.OutputColumnName, column.Kind, column.ItemType, false, new(annotations)));
        }
        return result.ToShape();
    }

    private IEnumerable<Replacement> Learn(IDataView input, DataViewSchema.Column[] sources)
    {
        using var channel = _host.Start("Computing Statistics");
        using var cursor = input.GetRowCursor(sources);
        ReplacementTrainer[] trainers = [.. sources.Select(source =>
        {
            bool varies = source.Type.GetValueCount() == 0;
            if (varies && _bySlot)
                channel.Warning(MessageSensitivity.Schema, "By-slot imputation can not be done on variable-length column");
            return ReplacementTrainer.Create(cursor, source, _mode, _bySlot && !varies);
        })];
        while (cursor.MoveNext())
        {
            foreach (var trainer in trainers)
                trainer.Process();
        }
        return [.. trainers.Select(trainer => trainer.Finish())];
    }
}
