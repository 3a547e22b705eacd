using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Maps rows by a function.</summary>
public sealed class CustomMappingEstimator<TSrc, TDst> : TrivialEstimator<CustomMappingTransformer<TSrc, TDst>>
    where TSrc : class, new()
    where TDst : class, new()
{
    internal CustomMappingEstimator(IHostEnvironment env, CustomMappingTransformer<TSrc, TDst> transformer)
        : base(env.Register("CustomMappingEstimator"), transformer)
    {
    }

    /// <inheritdoc/>
    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        var result = new ShapeChange(inputSchema);
        foreach (var member in MemberColumn.Bind(typeof(TSrc), Transformer.InputDefinition, SchemaDefinition.Direction.Both))
        {
            var column = result.Find(member.Name);
            var expected = SchemaShape.Column.Of(member.Name, member.Type);
            // Where the size may vary it may also be known.
            bool kindFits = expected.Kind == column.Kind
                || (expected.Kind == SchemaShape.Column.VectorKind.VariableVector && column.Kind == SchemaShape.Column.VectorKind.Vector);
            if (!kindFits || expected.ItemType != column.ItemType || expected.IsKey != column.IsKey)
                throw Contracts.ExceptSchemaMismatch(nameof(inputSchema), "input", member.Name, member.Type.ToString(),
                    column.GetTypeString());
        }
        foreach (var column in SchemaShape.Create(MemberColumn.SchemaOf(Transformer.Added)))
            result.Set(column);
        return result.ToShape();
    }
}
