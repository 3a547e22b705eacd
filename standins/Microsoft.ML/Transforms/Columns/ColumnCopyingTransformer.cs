using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

[assembly: LoadableClass(typeof(ColumnCopyingTransformer), null, typeof(SignatureLoadModel),
    "Copy Columns", ColumnCopyingTransformer.LoaderSignature)]

namespace Microsoft.ML.Transforms;

/// <summary>Copies columns with their annotations.</summary>
public sealed class ColumnCopyingTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "CopyTransform";

    private static readonly VersionInfo Version = TransformVersion.Of("COPYCOLT", LoaderSignature);

    internal ColumnCopyingTransformer((string Output, string Input)[] columns)
        : base(columns)
    {
    }

    private ColumnCopyingTransformer(ModelLoadContext ctx)
        : base(ctx.ReaderOf(Version))
    {
    }

    private protected override (DataViewType, DataViewSchema.Annotations, Func<DataViewRow, Delegate>) MapColumn(int index,
        DataViewSchema.Column source) =>
        (source.Type, source.Annotations, row => SourceGetter.Of(row, source));

    private protected override void SaveModel(ModelSaveContext ctx) => SaveColumns(ctx.WriterOf(Version));
}
