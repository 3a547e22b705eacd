using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Keeps some columns, or leaves some out.</summary>
public sealed class ColumnSelectingEstimator : TrivialEstimator<ColumnSelectingTransformer>
{
    internal ColumnSelectingEstimator(IHostEnvironment env, string[] keep, string[] drop, bool keepHidden = false)
        : base(env.Register(nameof(ColumnSelectingEstimator)), new(keep, drop, keepHidden))
    {
    }

    /// <inheritdoc/>
    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Contracts.CheckValue(inputSchema, nameof(inputSchema));
        Transformer.CheckColumns(inputSchema.Select(c => c.Name), nameof(inputSchema));
        return new(inputSchema.Where(c => Transformer.Keeps(c.Name)));
    }
}
