using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability;

/// <summary>The shape in which a network sees the features of a row, which come as one vector.</summary>
/// <param name="Owner">The factory of the network, for messages.</param>
/// <param name="Layout">What the sizes are, such as <c>[channels, height, width]</c>.</param>
/// <param name="Sizes">The sizes, each 1 or more.</param>
internal sealed record FeatureShape(string Owner, string Layout, IReadOnlyList<int> Sizes)
{
    private const string Name = "inputShape";
    private const long MostNumbers = 1 << 28;

    /// <summary>How many features a row has.</summary>
    public int Count => Sizes.Aggregate(1, (product, size) => product * size);

    /// <summary>The places of a row by what stands there: of an image those of each channel, of a sequence those of each feature of a step.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Alike => [.. Enumerable.Range(0, Count)
        .GroupBy(place => Sizes.Count == 2 ? place % Sizes[1] : place / (Count / Sizes[0]))
        .Select(group => group.ToArray())];

    /// <summary>Returns the sizes when they are a shape of that layout.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are too many or too few, or one of them is out of range.</exception>
    public static EquatableList<int> Checked(IReadOnlyList<int> sizes, string owner, string layout)
    {
        Require.NotNull(sizes, owner, Name, $"Give the shape of a row as {layout}.");
        var text = Text(sizes);
        var rank = layout.Count(letter => letter == ',') + 1;
        Require.That(sizes.Count == rank && sizes.All(size => size >= 1), text, owner, Name, $"be {rank} sizes {layout}, each 1 or greater", "Give the shape of a row.");
        Require.That(
            sizes.Aggregate(1.0, (product, size) => product * size) <= MostNumbers, text, owner, Name, $"hold at most {MostNumbers.ToString("N0", CultureInfo.InvariantCulture)} numbers", "Give smaller rows.");
        return new EquatableList<int>(sizes);
    }

    /// <summary>A shape as it is written in code.</summary>
    public static string Text(IReadOnlyList<int> sizes) => $"[{string.Join(", ", sizes)}]";

    /// <summary>Throws unless a row has as many features as the shape has places.</summary>
    /// <param name="features">Features a row.</param>
    /// <param name="where">What has them, such as <c>the feature column "Features"</c>.</param>
    /// <exception cref="ArgumentException">It has not.</exception>
    public void Check(int features, string where)
    {
        if (features != Count)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"{Owner}: {Name} must hold as many numbers as a row has features; {Text(Sizes)} holds {Count}, {where} {features}. State the shape {Layout} of those rows, or give the network other rows."));
        }
    }

    /// <summary>Throws unless the feature columns hold numbers alone, of this shape together.</summary>
    /// <exception cref="ArgumentException">They do not.</exception>
    public void CheckColumns(IReadOnlyList<DataViewSchema.Column> columns, InputLayout inputs)
    {
        if (inputs.Columns.FirstOrDefault(column => column.IsKey) is { } key)
        {
            throw new ArgumentException(
                $"{Owner}: feature columns must hold numbers, which the network sees as {Layout}; \"{key.Name}\" is {key.Describe()}. Leave it out, or use Network.Mlp or Network.TabularResNet, which take keys.");
        }

        if (columns is [{ Type: VectorDataViewType vector } only])
        {
            CheckColumn(only.Name, vector);
        }
        else
        {
            Check(inputs.Size, $"the feature columns {string.Join(", ", columns.Select(column => $"\"{column.Name}\""))}");
        }
    }

    /// <summary>Throws unless a column's vectors have this shape, or its number of places where they have no shape of their own.</summary>
    /// <exception cref="ArgumentException">They have not.</exception>
    public void CheckColumn(string name, VectorDataViewType type)
    {
        Check(type.Size, $"the feature column \"{name}\"");
        if (type.Dimensions.Length == Sizes.Count && !type.Dimensions.SequenceEqual(Sizes))
        {
            throw new ArgumentException(
                $"{Owner}: {Name} must be that of the feature column \"{name}\", {Text(type.Dimensions)}; got {Text(Sizes)}. State that shape if it means {Layout}; otherwise bring the column into this order first (ExtractPixels without interleavePixelColors gives channels first).");
        }
    }
}
