using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability.Standins.Tests.Transforms;

/// <summary>Reads columns, annotations and shapes for the tests.</summary>
internal static class View
{
    public static float[][] Vectors(this IDataView data, string column) =>
        [.. data.GetColumn<VBuffer<float>>(data.Schema[column]).Select(v => v.DenseValues().ToArray())];

    public static string[] SlotNames(this IDataView data, string column)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        data.Schema[column].GetSlotNames(ref names);
        return [.. names.DenseValues().Select(n => n.ToString())];
    }

    public static T[] KeyValues<T>(this IDataView data, string column)
    {
        VBuffer<T> values = default;
        data.Schema[column].GetKeyValues(ref values);
        return [.. values.DenseValues()];
    }

    /// <summary>Fits, saves into a model file, loads it in a fresh context and transforms with what was loaded.</summary>
    public static IDataView FitSaveLoad(this IEstimator<ITransformer> estimator, IDataView data)
    {
        using var file = new MemoryStream();
        var ml = new MLContext();
        ml.Model.Save(estimator.Fit(data), data.Schema, file);
        file.Position = 0;
        return new MLContext().Model.Load(file, out _).Transform(data);
    }

    /// <summary>The shape that the estimator promises for the data.</summary>
    public static SchemaShape ShapeOver(this IEstimator<ITransformer> estimator, IDataView data)
    {
        var probe = new ShapeProbe();
        new EstimatorChain<ITransformer>().Append(probe).Fit(data);
        return estimator.GetOutputSchema(probe.Seen);
    }

    public static SchemaShape.Column Column(this SchemaShape shape, string name) => shape.Single(c => c.Name == name);

    public static string[] Names(this SchemaShape shape) => [.. shape.Select(c => c.Name).Order(StringComparer.Ordinal)];

    /// <summary>Keeps the shape that a chain hands to its estimators; there is no other public way to one.</summary>
    private sealed class ShapeProbe : IEstimator<ITransformer>
    {
        public SchemaShape Seen { get; private set; } = new([]);

        public ITransformer Fit(IDataView input) => new TransformerChain<ITransformer>();

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => Seen = inputSchema;
    }
}
