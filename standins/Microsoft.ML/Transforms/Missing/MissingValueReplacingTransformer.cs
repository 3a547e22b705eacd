using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

[assembly: LoadableClass(typeof(MissingValueReplacingTransformer), null, typeof(SignatureLoadModel),
    "NA Replace", MissingValueReplacingTransformer.LoaderSignature)]

namespace Microsoft.ML.Transforms;

/// <summary>Replaces NaN in columns of numbers.</summary>
public sealed class MissingValueReplacingTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "NAReplaceTransform";

    private static readonly VersionInfo Version = TransformVersion.Of("NAREP TF", LoaderSignature);

    private readonly Replacement[] _replacements;

    internal MissingValueReplacingTransformer((string Output, string Input)[] columns, Replacement[] replacements)
        : base(columns) => _replacements = replacements;

    private MissingValueReplacingTransformer(ModelLoadContext ctx)
        : base(ctx.ReaderOf(Version)) => _replacements = ctx.Reader.ReadArray(Replacement.Read);

    /// <summary>Only types with a missing value that is not the default have something to replace.</summary>
    internal static void CheckType(DataViewType item)
    {
        string reason = item is KeyDataViewType ? "its NA value is equivalent to its default value" : "it doesn't have an NA value";
        Contracts.CheckParam(item == NumberDataViewType.Single || item == NumberDataViewType.Double, "inputSchema",
            $"Type '{item}' is not supported by {LoaderSignature} since {reason}");
    }

    private protected override (DataViewType, DataViewSchema.Annotations, Func<DataViewRow, Delegate>) MapColumn(int index,
        DataViewSchema.Column source)
    {
        var replacement = _replacements[index];
        CheckType(source.Type.GetItemType());
        Contracts.CheckParam(source.Type.GetItemType().Equals(replacement.ItemType), "InputSchema",
            $"Column '{source.Name}' item type '{replacement.ItemType}' does not match expected ColumnType of '{source.Type}'");
        Contracts.CheckParam(replacement.Slots == 0 || replacement.Slots == source.Type.GetValueCount(), "inputSchema",
            $"Column '{source.Name}' item type '{replacement.ItemType}' must be a scalar or a vector of the same size as " +
            $"Columntype '{source.Type}'");
        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.Add(source.Annotations, name => name is AnnotationUtils.Kinds.SlotNames or AnnotationUtils.Kinds.IsNormalized);
        return (source.Type, annotations.ToAnnotations(), row => replacement.MakeGetter(row, source));
    }

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        var writer = ctx.WriterOf(Version);
        SaveColumns(writer);
        writer.WriteArray(_replacements, Replacement.Write);
    }
}
