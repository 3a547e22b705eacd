using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

[assembly: LoadableClass(typeof(KeyToValueMappingTransformer), null, typeof(SignatureLoadModel),
    "Key To Value", KeyToValueMappingTransformer.LoaderSignature)]

namespace Microsoft.ML.Transforms;

/// <summary>Maps keys back to the values that the column's annotation lists; a missing key becomes NaN or the default.</summary>
public sealed class KeyToValueMappingTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "KeyToValueTransform";

    private static readonly VersionInfo Version = TransformVersion.Of("KEY2VALT", LoaderSignature);

    internal KeyToValueMappingTransformer((string Output, string Input)[] columns)
        : base(columns)
    {
    }

    private KeyToValueMappingTransformer(ModelLoadContext ctx)
        : base(ctx.ReaderOf(Version))
    {
    }

    private protected override (DataViewType, DataViewSchema.Annotations, Func<DataViewRow, Delegate>) MapColumn(int index,
        DataViewSchema.Column source)
    {
        var values = source.AnnotationType(AnnotationUtils.Kinds.KeyValues) as VectorDataViewType
            ?? throw Contracts.Except("Metadata KeyValues does not exist");
        var key = source.Type.GetItemType();
        Contracts.Check((ulong)values.Size == key.GetKeyCount(), "KeyValues metadata size does not match column type key count");
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(source.Annotations, name => name == AnnotationUtils.Kinds.SlotNames);
        DataViewType type = source.Type is VectorDataViewType vector
            ? new VectorDataViewType(values.ItemType, vector.Dimensions)
            : values.ItemType;
        return (type, annotations.ToAnnotations(),
            row => GenericMethods.Invoke<Delegate>(MakeGetter<uint, int>, [key.RawType, values.ItemType.RawType], row, source));
    }

    private protected override void SaveModel(ModelSaveContext ctx) => SaveColumns(ctx.WriterOf(Version));

    private static Delegate MakeGetter<TKey, TValue>(DataViewRow row, DataViewSchema.Column source)
        where TKey : System.Numerics.INumber<TKey>
    {
        VBuffer<TValue> buffer = default;
        source.GetKeyValues(ref buffer);
        TValue[] values = [.. buffer.DenseValues()];
        TValue missing = typeof(TValue) == typeof(float) ? (TValue)(object)float.NaN
            : typeof(TValue) == typeof(double) ? (TValue)(object)double.NaN
            : default;

        var column = row.Schema[source.Index];
        if (source.Type is not VectorDataViewType)
        {
            var one = row.GetGetter<TKey>(column);
            TKey key = default;
            return (ValueGetter<TValue>)((ref TValue dst) =>
            {
                one(ref key);
                dst = Map(key);
            });
        }
        var many = row.GetGetter<VBuffer<TKey>>(column);
        VBuffer<TKey> keys = default;
        bool keepsSparse = EqualityComparer<TValue>.Default.Equals(missing, default);
        return (ValueGetter<VBuffer<TValue>>)((ref VBuffer<TValue> dst) =>
        {
            many(ref keys);
            keys.MapItems(ref dst, Map, keepsSparse);
        });

        TValue Map(TKey key)
        {
            ulong position = ulong.CreateTruncating(key);
            return position > 0 && position <= (ulong)values.Length ? values[position - 1] : missing;
        }
    }
}
