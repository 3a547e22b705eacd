using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability;

/// <summary>What an augmentation is made of.</summary>
/// <param name="ColumnName">The column of images.</param>
/// <param name="Size">Their size.</param>
/// <param name="Options">The options.</param>
/// <param name="Seed">The seed of what is drawn.</param>
internal sealed record AugmentImagesModel(string ColumnName, ImageSize Size, AugmentImagesOptions Options, int Seed)
{
    private const string Owner = "AugmentImages";
    private const string Parameter = "columnName";

    /// <summary>Finds the column and checks that it holds images of the size.</summary>
    /// <exception cref="ArgumentException">It is missing or does not.</exception>
    public DataViewSchema.Column Find(DataViewSchema schema)
    {
        var column = TransformErrors.Find(schema, Owner, Parameter, ColumnName);
        if (column.Type is not VectorDataViewType { IsKnownSize: true } vector || vector.ItemType != NumberDataViewType.Single)
        {
            throw WrongType(column.Type);
        }

        int[] shape = [Size.Channels, Size.Height, Size.Width];
        if (vector.Size != Size.Count || (vector.Dimensions.Length == 3 && !vector.Dimensions.SequenceEqual(shape)))
        {
            throw TransformErrors.WrongType(
                Owner,
                Parameter,
                ColumnName,
                FormattableString.Invariant($"a vector of {Size} = {Size.Count} values (channels×height×width)"),
                vector,
                "Correct height, width and channels; pixels that ExtractPixels interleaves (height×width×channels) need interleavePixelColors: false.");
        }

        return column;
    }

    /// <summary>Checks what can be checked before there are data.</summary>
    /// <exception cref="ArgumentException">The column is missing or of another type.</exception>
    public void Check(SchemaShape shape)
    {
        var column = TransformErrors.Find(shape, Owner, Parameter, ColumnName);
        if (column.Kind != SchemaShape.Column.VectorKind.Vector || column.ItemType != NumberDataViewType.Single || column.IsKey)
        {
            throw WrongType(TransformErrors.Describe(column));
        }
    }

    private ArgumentException WrongType(object found) => TransformErrors.WrongType(
        Owner, Parameter, ColumnName, "a vector of Single of known size", found, "Append Conversion.ConvertType or ExtractPixels, or give the vector's size in the loader.");
}
