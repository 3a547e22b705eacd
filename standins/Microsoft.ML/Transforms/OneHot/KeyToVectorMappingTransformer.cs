using System.Numerics;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using OutputKind = Microsoft.ML.Transforms.OneHotEncodingEstimator.OutputKind;

[assembly: LoadableClass(typeof(KeyToVectorMappingTransformer), null, typeof(SignatureLoadModel),
    "Key To Vector", KeyToVectorMappingTransformer.LoaderSignature)]

namespace Microsoft.ML.Transforms;

/// <summary>Turns keys into indicators, counts or bits.</summary>
public sealed class KeyToVectorMappingTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "KeyToVectorTransform";

    private static readonly VersionInfo Version = TransformVersion.Of("KEY2VECT", LoaderSignature);

    internal KeyToVectorMappingTransformer((string Output, string Input)[] columns, OutputKind kind)
        : base(columns) => Kind = kind;

    private KeyToVectorMappingTransformer(ModelLoadContext ctx)
        : base(ctx.ReaderOf(Version))
    {
        Kind = (OutputKind)ctx.Reader.ReadByte();
        Contracts.CheckDecode(Enum.IsDefined(Kind));
    }

    internal OutputKind Kind { get; }

    private protected override (DataViewType, DataViewSchema.Annotations, Func<DataViewRow, Delegate>) MapColumn(int index,
        DataViewSchema.Column source)
    {
        ulong keys = source.Type.GetItemType().GetKeyCount();
        if (keys == 0)
            throw Contracts.ExceptSchemaMismatch("inputSchema", "input", source.Name, "key type of known cardinality",
                source.Type.ToString());
        // Of the bits, one more than the count needs keeps all ones for the missing key.
        int block = Kind == OutputKind.Binary ? BitOperations.Log2((uint)keys) + 2 : checked((int)keys);
        int values = source.Type.GetValueCount();
        var type = values == 1 || Kind == OutputKind.Bag
            ? new VectorDataViewType(NumberDataViewType.Single, block)
            : new VectorDataViewType(NumberDataViewType.Single, values, block);
        return (type, KeyVectorAnnotations.Of(source, Kind, block),
            row => GenericMethods.Invoke<Delegate>(MakeGetter<uint>, [source.Type.GetItemType().RawType], row, source, block));
    }

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        var writer = ctx.WriterOf(Version);
        SaveColumns(writer);
        writer.Write((byte)Kind);
    }

    private Delegate MakeGetter<TKey>(DataViewRow row, DataViewSchema.Column source, int block)
        where TKey : struct, INumber<TKey>
    {
        var keys = KeysGetter<TKey>(row, source);
        VBuffer<TKey> src = default;
        return (ValueGetter<VBuffer<float>>)((ref VBuffer<float> dst) =>
        {
            keys(ref src);
            if (Kind == OutputKind.Binary)
                WriteBits(src, ref dst, block);
            else if (Kind == OutputKind.Bag)
                WriteCounts(src, ref dst, block);
            else
                WriteIndicators(src, ref dst, block);
        });
    }

    /// <summary>A getter of vectors of keys, a single key being a vector of one.</summary>
    private static ValueGetter<VBuffer<TKey>> KeysGetter<TKey>(DataViewRow row, DataViewSchema.Column source)
    {
        var column = row.Schema[source.Index];
        if (source.Type is VectorDataViewType)
            return row.GetGetter<VBuffer<TKey>>(column);
        var one = row.GetGetter<TKey>(column);
        return (ref VBuffer<TKey> dst) =>
        {
            var editor = VBufferEditor.Create(ref dst, 1);
            one(ref editor.Values[0]);
            dst = editor.Commit();
        };
    }

    private static void WriteIndicators<TKey>(in VBuffer<TKey> keys, ref VBuffer<float> dst, int block)
        where TKey : struct, INumber<TKey>
    {
        var values = keys.GetValues();
        var indices = keys.GetIndices();
        int length = checked(keys.Length * block), count = 0;
        var editor = VBufferEditor.Create(ref dst, length, Math.Min(values.Length, length), requireIndicesOnDense: true);
        for (int i = 0; i < values.Length; i++)
        {
            ulong key = ulong.CreateTruncating(values[i]);
            if (key == 0 || key > (ulong)block)
                continue;
            editor.Values[count] = 1;
            editor.Indices[count++] = (keys.IsDense ? i : indices[i]) * block + (int)key - 1;
        }
        dst = editor.CommitTruncated(count);
    }

    private static void WriteCounts<TKey>(in VBuffer<TKey> keys, ref VBuffer<float> dst, int block)
        where TKey : struct, INumber<TKey>
    {
        var editor = VBufferEditor.Create(ref dst, block);
        editor.Values.Clear();
        foreach (var value in keys.GetValues())
        {
            ulong key = ulong.CreateTruncating(value);
            if (key > 0 && key <= (ulong)block)
                editor.Values[(int)key - 1]++;
        }
        dst = editor.Commit();
    }

    private static void WriteBits<TKey>(in VBuffer<TKey> keys, ref VBuffer<float> dst, int block)
        where TKey : struct, INumber<TKey>
    {
        var editor = VBufferEditor.Create(ref dst, keys.Length * block);
        int at = 0;
        foreach (var value in keys.DenseValues())
        {
            uint bits = uint.CreateTruncating(value) - 1;
            for (int bit = block - 1; bit >= 0; bit--)
                editor.Values[at++] = (bits >> bit) & 1;
        }
        dst = editor.Commit();
    }
}
