using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Copies columns.</summary>
public sealed class ColumnCopyingEstimator : TrivialEstimator<ColumnCopyingTransformer>
{
    internal ColumnCopyingEstimator(IHostEnvironment env, params (string Output, string Input)[] columns)
        : base(env.Register(nameof(ColumnCopyingEstimator)), new(columns))
    {
    }

    /// <inheritdoc/>
    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        var result = new ShapeChange(inputSchema);
        foreach (var (output, input) in Transformer.ColumnPairs)
        {
            var column = result.Find(input);
            result.Set(new(output, column.Kind, column.ItemType, column.IsKey, column.Annotations));
        }
        return result.ToShape();
    }
}
