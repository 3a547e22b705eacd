using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Joins columns of one item type into a vector.</summary>
public sealed class ColumnConcatenatingEstimator : IEstimator<ColumnConcatenatingTransformer>
{
    private readonly IHost _host;
    private readonly string _output;
    private readonly string[] _inputs;

    internal ColumnConcatenatingEstimator(IHostEnvironment env, string outputColumnName, string[] inputColumnNames)
    {
        _host = env.Register(nameof(ColumnConcatenatingEstimator));
        Contracts.CheckNonEmpty(outputColumnName, nameof(outputColumnName));
        Contracts.CheckValue(inputColumnNames, nameof(inputColumnNames));
        Contracts.CheckParam(inputColumnNames.Length > 0, nameof(inputColumnNames), "Input columns not specified");
        Contracts.CheckParam(!inputColumnNames.Any(string.IsNullOrEmpty), nameof(inputColumnNames), "Contained some null or empty items");
        _output = outputColumnName;
        _inputs = inputColumnNames;
    }

    /// <summary>Makes the transformer; there is nothing to learn.</summary>
    public ColumnConcatenatingTransformer Fit(IDataView input)
    {
        Contracts.CheckValue(input, nameof(input));
        return new(_output, _inputs);
    }

    /// <summary>The shape of the output, or an exception if the columns cannot be joined.</summary>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        var result = new ShapeChange(inputSchema);
        SchemaShape.Column[] columns = [.. _inputs.Select(result.Find)];
        var itemType = columns[0].ItemType;
        foreach (var column in columns)
        {
            if (column.IsKey)
                throw _host.Except($"Column '{column.Name}' is key. Concatenation of keys is unsupported.");
            if (!column.ItemType.Equals(itemType))
            {
                throw _host.Except($"Concatenated columns should have the same type. Column '{column.Name}' has type of " +
                    $"{column.ItemType}, but expected column type is {itemType}.");
            }
        }

        var annotations = new List<SchemaShape.Column>();
        if (columns.All(c => c.IsNormalized()))
            annotations.Add(ShapeChange.IsNormalized);
        if (columns.Any(HasCategoricals))
            annotations.Add(ShapeChange.CategoricalSlotRanges);
        if (columns.Any(c => c.Kind == SchemaShape.Column.VectorKind.Scalar || c.HasSlotNames()))
            annotations.Add(ShapeChange.SlotNames);
        var kind = columns.Any(c => c.Kind == SchemaShape.Column.VectorKind.VariableVector)
            ? SchemaShape.Column.VectorKind.VariableVector
            : SchemaShape.Column.VectorKind.Vector;
        result.Set(new(_output, kind, itemType, false, new(annotations)));
        return result.ToShape();
    }

    private static bool HasCategoricals(SchemaShape.Column column) =>
        column.Annotations.TryFindColumn(AnnotationUtils.Kinds.CategoricalSlotRanges, out var ranges)
        && ranges.Kind == SchemaShape.Column.VectorKind.Vector && ranges.ItemType == NumberDataViewType.Int32;
}
