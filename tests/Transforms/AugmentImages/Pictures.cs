using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability.Tests.AugmentImages;

/// <summary>Small images with numbers, and what comes out of transforms.</summary>
internal static class Pictures
{
    /// <summary>Images of 2 channels, 4 high, 3 wide: the value is the row's number and, in hundredths, the pixel's.</summary>
    public static IDataView View(MLContext ml, int rows, int size = 24, params int[] dimensions)
    {
        var schema = SchemaDefinition.Create(typeof(Picture));
        schema[nameof(Picture.Pixels)].ColumnType = dimensions.Length > 0
            ? new VectorDataViewType(NumberDataViewType.Single, dimensions)
            : new VectorDataViewType(NumberDataViewType.Single, size);
        return ml.Data.LoadFromEnumerable(
            Enumerable.Range(1, rows).Select(row => new Picture { Number = row, Pixels = [.. Enumerable.Range(0, size).Select(pixel => row + (pixel / 100f))] }), schema);
    }

    /// <summary>Number and image of each row, in order.</summary>
    public static (float Number, float[] Pixels)[] Rows(this IDataView view) =>
        [.. view.GetColumn<float>("Number").Zip(view.GetColumn<VBuffer<float>>("Pixels"), (number, pixels) => (number, pixels.DenseValues().ToArray()))];

    internal sealed class Picture
    {
        public float Number { get; set; }

        public float[] Pixels { get; set; } = [];
    }

    /// <summary>An estimator that keeps what it is fitted on.</summary>
    internal sealed class Witness(List<(float Number, float[] Pixels)[]> seen) : IEstimator<ITransformer>
    {
        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => inputSchema;

        public ITransformer Fit(IDataView input)
        {
            seen.Add(input.Rows());
            return new MLContext().Transforms.CopyColumns("Same", "Number").Fit(input);
        }
    }
}
