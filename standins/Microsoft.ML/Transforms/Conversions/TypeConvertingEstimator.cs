using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Converts columns to another kind of item.</summary>
public sealed class TypeConvertingEstimator : TrivialEstimator<TypeConvertingTransformer>
{
    internal TypeConvertingEstimator(IHostEnvironment env, InputOutputColumnPair[] columns, DataKind outputKind)
        : base(env.Register(nameof(TypeConvertingEstimator)),
            new([.. columns.Select(pair => (pair.OutputColumnName, pair.InputColumnName))], outputKind))
    {
    }

    /// <inheritdoc/>
    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        var result = new ShapeChange(inputSchema);
        foreach (var (output, input) in Transformer.ColumnPairs)
        {
            var column = result.Find(input);
            // As ML.NET's estimator does, keys are judged by their integers and all annotations are taken over.
            var type = Transformer.OutputKind.PrimitiveType();
            if (StandardConversions.FindOrNull(column.ItemType, type) == null)
                throw Contracts.ExceptParam(nameof(inputSchema), $"Don't know how to convert {input} into {type}");
            result.Set(new(output, column.Kind, type, false, column.Annotations));
        }
        return result.ToShape();
    }
}
