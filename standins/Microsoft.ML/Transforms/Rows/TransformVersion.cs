namespace Microsoft.ML.Data;

/// <summary>The version under which a transform of this assembly saves itself.</summary>
internal static class TransformVersion
{
    public static VersionInfo Of(string modelSignature, string loaderSignature) => new(
        modelSignature,
        verWrittenCur: 0x00010001,
        verReadableCur: 0x00010001,
        verWeCanReadBack: 0x00010001,
        loaderAssemblyName: typeof(TransformVersion).Assembly.FullName,
        loaderSignature: loaderSignature);

    /// <summary>The reader of a model, once its version is checked.</summary>
    public static BinaryReader ReaderOf(this ModelLoadContext ctx, VersionInfo version)
    {
        ctx.CheckAtModel(version);
        return ctx.Reader;
    }

    /// <summary>The writer of a model, once its version is set.</summary>
    public static BinaryWriter WriterOf(this ModelSaveContext ctx, VersionInfo version)
    {
        Contracts.CheckValue(ctx, nameof(ctx));
        ctx.CheckAtModel();
        ctx.SetVersionInfo(version);
        return ctx.Writer;
    }
}
