using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Learns the values of columns and maps them to keys.</summary>
public sealed class ValueToKeyMappingEstimator : IEstimator<ValueToKeyMappingTransformer>
{
    private readonly IHost _host;
    private readonly InputOutputColumnPair[] _columns;
    private readonly Options _options;
    private readonly IDataView _keyData;

    internal ValueToKeyMappingEstimator(IHostEnvironment env, InputOutputColumnPair[] columns, Options options, IDataView keyData)
    {
        _host = env.Register(nameof(ValueToKeyMappingEstimator));
        Contracts.CheckParam(columns is { Length: > 0 }, nameof(columns), $"{nameof(columns)} cannot be null or empty");
        Contracts.CheckParam(keyData == null || keyData.Schema.Count == 1, nameof(keyData),
            "If specified, this data view should contain only a single column containing the terms to map, " +
            $"but this had {keyData?.Schema.Count} columns.");
        _columns = columns;
        _options = options;
        _keyData = keyData;
    }

    /// <summary>The orders in which values become keys.</summary>
    public enum KeyOrdinality : byte
    {
        /// <summary>As they first occur.</summary>
        ByOccurrence = 0,

        /// <summary>Sorted.</summary>
        ByValue = 1,
    }

    internal sealed record Options(int MaximumNumberOfKeys, KeyOrdinality KeyOrdinality, bool AddKeyValueAnnotationsAsText);

    /// <summary>Reads the data, or the given keys, and learns the values.</summary>
    public ValueToKeyMappingTransformer Fit(IDataView input)
    {
        Contracts.CheckValue(input, nameof(input));
        DataViewSchema.Column[] sources = [.. _columns.Select(pair => Source(input.Schema, pair.InputColumnName))];
        var maps = _keyData == null ? Learn(input, sources) : FromKeyData(sources);
        return new([.. _columns.Select(pair => (pair.OutputColumnName, pair.InputColumnName))], maps,
            _options.AddKeyValueAnnotationsAsText);
    }

    /// <summary>The shape of the output, or an exception if a column cannot be mapped.</summary>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        var result = new ShapeChange(inputSchema);
        foreach (var pair in _columns)
        {
            var column = result.Find(pair.InputColumnName);
            // A key column hands its own key values on, if it has any.
            if (!column.IsKey || !column.Annotations.TryFindColumn(AnnotationUtils.Kinds.KeyValues, out var values)
                || values.Kind != SchemaShape.Column.VectorKind.Vector)
            {
                var itemType = _options.AddKeyValueAnnotationsAsText ? TextDataViewType.Instance : column.ItemType;
                values = new(AnnotationUtils.Kinds.KeyValues, SchemaShape.Column.VectorKind.Vector, itemType, column.IsKey);
            }
            SchemaShape.Column[] annotations = column.Annotations.TryFindColumn(AnnotationUtils.Kinds.SlotNames, out var slotNames)
                ? [slotNames, values]
                : [values];
            result.Set(new(pair.OutputColumnName, column.Kind, NumberDataViewType.UInt32, true, new(annotations)));
        }
        return result.ToShape();
    }

    private static DataViewSchema.Column Source(DataViewSchema schema, string name) =>
        schema.GetColumnOrNull(name) ?? throw Contracts.ExceptSchemaMismatch("inputSchema", "input", name);

    private TermMap[] FromKeyData(DataViewSchema.Column[] sources)
    {
        var key = _keyData.Schema[0];
        var item = sources[0].Type.GetItemType();
        if (!key.Type.Equals(item))
            throw _host.ExceptParam("keyData", $"Input data's column must be of type '{item}' but was '{key.Type}'");
        using var cursor = _keyData.GetRowCursor([key]);
        var trainer = TermTrainer.Create(cursor, key, int.MaxValue);
        while (cursor.MoveNext() && trainer.Process())
        {
        }
        var map = trainer.Finish(_options.KeyOrdinality);
        foreach (var (source, pair) in sources.Zip(_columns))
        {
            if (!source.Type.GetItemType().Equals(map.ItemType))
            {
                throw _host.ExceptParam("keyData",
                    $"Terms from input data type '{map.ItemType}' but mismatches column '{pair.OutputColumnName}' " +
                    $"item type '{source.Type.GetItemType()}'");
            }
        }
        return [.. sources.Select(_ => map)];
    }

    private TermMap[] Learn(IDataView input, DataViewSchema.Column[] sources)
    {
        Contracts.CheckParam(_options.MaximumNumberOfKeys > 0, "MaxNumTerms", "Must be positive");
        using var channel = _host.Start("Training");
        using var cursor = input.GetRowCursor(sources);
        TermTrainer[] trainers = [.. sources.Select(source => TermTrainer.Create(cursor, source, _options.MaximumNumberOfKeys))];
        var open = trainers.ToList();
        while (open.Count > 0 && cursor.MoveNext())
            open.RemoveAll(trainer => !trainer.Process());
        foreach (var (trainer, pair) in trainers.Zip(_columns))
        {
            if (trainer.Count == 0)
                channel.Warning(MessageSensitivity.Schema, "Term map for output column '{0}' contains no entries.", pair.OutputColumnName);
        }
        return [.. trainers.Select(trainer => trainer.Finish(_options.KeyOrdinality))];
    }
}
