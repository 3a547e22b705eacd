using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

[assembly: LoadableClass(typeof(ValueToKeyMappingTransformer), null, typeof(SignatureLoadModel),
    "To Key", ValueToKeyMappingTransformer.LoaderSignature)]

namespace Microsoft.ML.Transforms;

/// <summary>Maps values to keys.</summary>
public sealed class ValueToKeyMappingTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "TermTransform";

    private static readonly VersionInfo Version = TransformVersion.Of("TERMTRNF", LoaderSignature);

    private readonly TermMap[] _maps;
    private readonly bool _textAnnotations;

    internal ValueToKeyMappingTransformer((string Output, string Input)[] columns, TermMap[] maps, bool textAnnotations)
        : base(columns)
    {
        _maps = maps;
        _textAnnotations = textAnnotations;
    }

    private ValueToKeyMappingTransformer(ModelLoadContext ctx)
        : base(ctx.ReaderOf(Version))
    {
        _textAnnotations = ctx.Reader.ReadBoolean();
        _maps = ctx.Reader.ReadArray(TermMap.Read);
    }

    private protected override (DataViewType, DataViewSchema.Annotations, Func<DataViewRow, Delegate>) MapColumn(int index,
        DataViewSchema.Column source)
    {
        var map = _maps[index];
        Contracts.Check(source.Type.GetItemType().Equals(map.ItemType),
            $"Could not apply a map over type '{map.ItemType}' to column '{ColumnPairs[index].Output}' " +
            $"since it has type '{source.Type.GetItemType()}'");
        var annotations = new DataViewSchema.Annotations.Builder();
        map.AddKeyValues(annotations, source, _textAnnotations);
        annotations.Add(source.Annotations, name => name == AnnotationUtils.Kinds.SlotNames);
        DataViewType type = source.Type is VectorDataViewType vector ? new VectorDataViewType(map.KeyType, vector.Dimensions) : map.KeyType;
        return (type, annotations.ToAnnotations(), row => map.MakeGetter(row, source));
    }

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        var writer = ctx.WriterOf(Version);
        SaveColumns(writer);
        writer.Write(_textAnnotations);
        writer.WriteArray(_maps, TermMap.Write);
    }
}
