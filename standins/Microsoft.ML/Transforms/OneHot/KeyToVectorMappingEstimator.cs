using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using VectorKind = Microsoft.ML.SchemaShape.Column.VectorKind;

namespace Microsoft.ML.Transforms;

/// <summary>Turns keys into vectors.</summary>
internal sealed class KeyToVectorMappingEstimator : TrivialEstimator<KeyToVectorMappingTransformer>
{
    public KeyToVectorMappingEstimator(IHostEnvironment env, string[] columns, OneHotEncodingEstimator.OutputKind kind)
        : base(env.Register(nameof(KeyToVectorMappingEstimator)), new([.. columns.Select(name => (name, name))], kind))
    {
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        var result = new ShapeChange(inputSchema);
        foreach (var (output, input) in Transformer.ColumnPairs)
        {
            var column = result.Find(input);
            bool bag = Transformer.Kind == OneHotEncodingEstimator.OutputKind.Bag;
            bool binary = Transformer.Kind == OneHotEncodingEstimator.OutputKind.Binary;
            bool varies = column.Kind == VectorKind.VariableVector;
            var annotations = new List<SchemaShape.Column>();
            if (column.Annotations.TryFindColumn(AnnotationUtils.Kinds.KeyValues, out var values) && values.ItemType is TextDataViewType
                && ((bag && column.IsKey) || !varies))
                annotations.Add(ShapeChange.SlotNames);
            if (!bag && !binary && !varies)
                annotations.Add(ShapeChange.CategoricalSlotRanges);
            if (column.Kind == VectorKind.Scalar || (!bag && !binary))
                annotations.Add(ShapeChange.IsNormalized);
            var kind = varies && !bag ? VectorKind.VariableVector : VectorKind.Vector;
            result.Set(new(output, kind, NumberDataViewType.Single, false, new(annotations)));
        }
        return result.ToShape();
    }
}
