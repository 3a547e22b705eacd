using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Learns the scale of columns of numbers.</summary>
public sealed class NormalizingEstimator : IEstimator<NormalizingTransformer>
{
    private readonly IHost _host;
    private readonly InputOutputColumnPair[] _columns;
    private readonly NormalizerOptions _options;

    internal NormalizingEstimator(IHostEnvironment env, InputOutputColumnPair[] columns, NormalizerOptions options)
    {
        _host = env.Register(nameof(NormalizingEstimator));
        Contracts.CheckValue(columns, nameof(columns));
        Contracts.CheckParam(options.MaximumExampleCount > 1, "maximumExampleCount", "Must be greater than 1");
        _columns = columns;
        _options = options;
    }

    /// <summary>Reads the data once and learns the scales.</summary>
    public NormalizingTransformer Fit(IDataView input)
    {
        Contracts.CheckValue(input, nameof(input));
        DataViewSchema.Column[] sources = [.. _columns.Select(pair => input.Schema.GetColumnOrNull(pair.InputColumnName)
            ?? throw Contracts.ExceptSchemaMismatch("data", "input", pair.InputColumnName))];
        using var cursor = input.GetRowCursor(sources);
        NormalizerTrainer[] trainers = [.. sources.Select(source => NormalizerTrainer.Create(_options, cursor, source))];
        for (long row = 0; row < _options.MaximumExampleCount && cursor.MoveNext(); row++)
        {
            foreach (var trainer in trainers)
                trainer.Process();
        }
        return new([.. _columns.Select((pair, i) => (pair.OutputColumnName, pair.InputColumnName))],
            [.. sources.Select(source => source.Type)], [.. trainers.Select(t => t.Finish())]);
    }

    /// <summary>The shape of the output, or an exception if a column cannot be normalised.</summary>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        var result = new ShapeChange(inputSchema);
        foreach (var pair in _columns)
        {
            var column = result.Find(pair.InputColumnName);
            if (column.Kind == SchemaShape.Column.VectorKind.VariableVector)
                throw Mismatch(column, "known-size vector or scalar");
            if (!column.ItemType.Equals(NumberDataViewType.Single) && !column.ItemType.Equals(NumberDataViewType.Double))
                throw Mismatch(column, "vector or scalar of Single or Double");
            SchemaShape.Column[] annotations = column.Annotations.TryFindColumn(AnnotationUtils.Kinds.SlotNames, out var slotNames)
                ? [ShapeChange.IsNormalized, slotNames]
                : [ShapeChange.IsNormalized];
            result.Set(new(pair.OutputColumnName, column.Kind, column.ItemType, column.IsKey, new(annotations)));
        }
        return result.ToShape();

        Exception Mismatch(SchemaShape.Column column, string expected) =>
            Contracts.ExceptSchemaMismatch(nameof(inputSchema), "input", column.Name, expected, column.GetTypeString());
    }
}
