using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

[assembly: LoadableClass(typeof(TypeConvertingTransformer), null, typeof(SignatureLoadModel),
    "Convert", TypeConvertingTransformer.LoaderSignature)]

namespace Microsoft.ML.Transforms;

/// <summary>Converts columns to another kind of item; keys stay keys.</summary>
public sealed class TypeConvertingTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "ConvertTransform";

    private static readonly VersionInfo Version = TransformVersion.Of("CONVERTF", LoaderSignature);

    internal TypeConvertingTransformer((string Output, string Input)[] columns, DataKind outputKind)
        : base(columns) => OutputKind = outputKind;

    private TypeConvertingTransformer(ModelLoadContext ctx)
        : base(ctx.ReaderOf(Version))
    {
        OutputKind = (DataKind)ctx.Reader.ReadByte();
        Contracts.CheckDecode(Enum.IsDefined(OutputKind));
    }

    internal DataKind OutputKind { get; }

    private protected override (DataViewType, DataViewSchema.Annotations, Func<DataViewRow, Delegate>) MapColumn(int index,
        DataViewSchema.Column source)
    {
        var item = source.Type.GetItemType();
        var target = TargetOf(item);
        var convert = StandardConversions.FindOrNull(item, target) ?? throw Contracts.ExceptParam("inputSchema",
            $"source column '{source.Name}' with item type '{source.Type}' is not compatible with destination type '{target}'");
        DataViewType type = source.Type is VectorDataViewType vector ? new VectorDataViewType(target, vector.Dimensions) : target;
        return (type, Annotations(source, target), row =>
            GenericMethods.Invoke<Delegate>(MakeGetter<int, int>, [item.RawType, target.RawType], row, source, convert));
    }

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        var writer = ctx.WriterOf(Version);
        SaveColumns(writer);
        writer.Write((byte)OutputKind);
    }

    private PrimitiveDataViewType TargetOf(DataViewType item)
    {
        var plain = OutputKind.PrimitiveType();
        return item is KeyDataViewType key && KeyDataViewType.IsValidDataType(plain.RawType)
            ? new KeyDataViewType(plain.RawType, Math.Min(key.Count, plain.RawType.ToMaxInt()))
            : plain;
    }

    private static DataViewSchema.Annotations Annotations(DataViewSchema.Column source, PrimitiveDataViewType target)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        var item = source.Type.GetItemType();
        if (source.Type is VectorDataViewType { IsKnownSize: true })
            annotations.Add(source.Annotations, name => name == AnnotationUtils.Kinds.SlotNames);
        if (item.GetKeyCount() > 0 && item.GetKeyCount() == target.GetKeyCount())
            annotations.Add(source.Annotations, name => name == AnnotationUtils.Kinds.KeyValues);
        if (item is NumberDataViewType && target is NumberDataViewType)
            annotations.Add(source.Annotations, name => name == AnnotationUtils.Kinds.IsNormalized);
        if (source.Type is BooleanDataViewType && target is NumberDataViewType)
            annotations.AddPrimitiveValue(AnnotationUtils.Kinds.IsNormalized, BooleanDataViewType.Instance, true);
        return annotations.ToAnnotations();
    }

    private static Delegate MakeGetter<TFrom, TTo>(DataViewRow row, DataViewSchema.Column source, Func<TFrom, TTo> convert)
    {
        var column = row.Schema[source.Index];
        if (source.Type is not VectorDataViewType)
        {
            var one = row.GetGetter<TFrom>(column);
            TFrom value = default;
            return (ValueGetter<TTo>)((ref TTo dst) =>
            {
                one(ref value);
                dst = convert(value);
            });
        }
        var many = row.GetGetter<VBuffer<TFrom>>(column);
        VBuffer<TFrom> values = default;
        return (ValueGetter<VBuffer<TTo>>)((ref VBuffer<TTo> dst) =>
        {
            many(ref values);
            // As in ML.NET, what sparse rows leave out stays out, even where the text of a zero is not empty.
            values.MapItems(ref dst, convert, keepsSparse: true);
        });
    }
}
