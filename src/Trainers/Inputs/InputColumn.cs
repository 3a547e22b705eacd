using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability;

/// <summary>A feature column as the training saw it: numbers, or keys.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Size">Slots: those of a vector, 1 for a single value.</param>
/// <param name="IsVector">Whether it is a vector.</param>
/// <param name="Values">How many values a key has; 0 for numbers.</param>
/// <param name="ValuesHash">A fingerprint of the keys' original values; null where the column does not tell them.</param>
internal sealed record InputColumn(string Name, int Size, bool IsVector, int Values, string? ValuesHash)
{
    // Up to here every whole number is a Single: keys travel in the same rows as numbers.
    private const ulong MostValues = 1 << 24;
    private const string Role = "feature";
    private const string Expected = "Single, a key, or a vector of either of known size";

    // 64 bits: enough to tell the few mappings apart that a model meets.
    private const int HashLength = 16;

    [JsonIgnore]
    public bool IsKey => Values > 0;

    /// <summary>Whether it could have come from a file: sizes are in range.</summary>
    [JsonIgnore]
    public bool IsValid => !string.IsNullOrEmpty(Name) && Size > 0 && Values >= 0 && (ulong)Values <= MostValues;

    /// <summary>The type of such a column.</summary>
    [JsonIgnore]
    public DataViewType Type
    {
        get
        {
            PrimitiveDataViewType item = IsKey ? new KeyDataViewType(typeof(uint), Values) : NumberDataViewType.Single;
            return IsVector ? new VectorDataViewType(item, Size) : item;
        }
    }

    /// <exception cref="ArgumentException">The column is neither of numbers nor of keys, its size is not known, or its keys have too many values.</exception>
    public static InputColumn Of(DataViewSchema.Column column)
    {
        var vector = column.Type as VectorDataViewType;
        if (vector is { IsKnownSize: false })
        {
            throw ColumnErrors.WrongType(Role, column.Name, Expected, column.Type, "Give the vector's size in the loader, or featurize it to a fixed length first.");
        }

        var item = vector?.ItemType ?? column.Type;
        if (item is KeyDataViewType { Count: > MostValues })
        {
            throw ColumnErrors.WrongType(Role, column.Name, FormattableString.Invariant($"a key of at most {MostValues} values, which a Single holds exactly"), column.Type, "Use MapValueToKey on the training rows, or hash to fewer bits.");
        }

        if (item is not KeyDataViewType && item != NumberDataViewType.Single)
        {
            throw ColumnErrors.WrongType(Role, column.Name, Expected, column.Type, "Append Conversion.ConvertType to Single for numbers, Conversion.MapValueToKey for categories.");
        }

        return new(column.Name, vector?.Size ?? 1, vector is not null, item is KeyDataViewType key ? (int)key.Count : 0, item is KeyDataViewType ? HashOf(column) : null);
    }

    /// <summary>The same checks before there is a schema.</summary>
    /// <exception cref="ArgumentException">The column is neither of numbers nor of keys, or its size is not known.</exception>
    public static void Check(SchemaShape.Column column)
    {
        var isFloat = column.ItemType == NumberDataViewType.Single && !column.IsKey;
        if (column.Kind == SchemaShape.Column.VectorKind.VariableVector || (!isFloat && !column.IsKey))
        {
            throw ColumnErrors.WrongType(
                Role, column.Name, Expected, column.ItemType, $"It is a {column.Kind}. Append Conversion.ConvertType to Single for numbers, Conversion.MapValueToKey for categories; give vectors a size.");
        }
    }

    /// <summary>Whether a column holds the same, so that the network may see the one in the place of the other.</summary>
    public bool HasSameContent(InputColumn other) => Size == other.Size && Values == other.Values && !HasOtherValues(other);

    /// <summary>Whether keys of the same number stand for other values.</summary>
    public bool HasOtherValues(InputColumn other) => Values == other.Values && ValuesHash is not null && other.ValuesHash is not null && ValuesHash != other.ValuesHash;

    /// <summary>What the column is, for messages.</summary>
    public string Describe() => (IsVector, IsKey) switch
    {
        (true, false) => FormattableString.Invariant($"a vector of {Size} Single"),
        (true, true) => FormattableString.Invariant($"a vector of {Size} keys of {Values} values"),
        (false, true) => FormattableString.Invariant($"a key of {Values} values"),
        _ => "Single",
    };

    private static string? HashOf(DataViewSchema.Column column)
    {
        if (KeyValues.Of(column) is not { } values)
        {
            return null;
        }

        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        values.Write(writer);
        writer.Flush();
        return Convert.ToHexString(SHA256.HashData(stream.GetBuffer().AsSpan(0, (int)stream.Length)))[..HashLength];
    }
}
