using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

[assembly: LoadableClass(typeof(NormalizingTransformer), null, typeof(SignatureLoadModel),
    "Normalizer", NormalizingTransformer.LoaderSignature)]

namespace Microsoft.ML.Transforms;

/// <summary>Normalises columns of numbers.</summary>
public sealed class NormalizingTransformer : OneToOneTransformerBase
{
    internal const string LoaderSignature = "Normalizer";

    private static readonly VersionInfo Version = TransformVersion.Of("NORMALZR", LoaderSignature);

    private readonly DataViewType[] _types;
    private readonly Normalizer[] _normalizers;

    internal NormalizingTransformer((string Output, string Input)[] columns, DataViewType[] types, Normalizer[] normalizers)
        : base(columns)
    {
        _types = types;
        _normalizers = normalizers;
    }

    private NormalizingTransformer(ModelLoadContext ctx)
        : base(ctx.ReaderOf(Version))
    {
        _types = ctx.Reader.ReadArray(TypeCodec.Read);
        _normalizers = ctx.Reader.ReadArray(Normalizer.Read);
    }

    /// <summary>The parameters of the normaliser of a column.</summary>
    public NormalizerModelParametersBase GetNormalizerModelParameters(int index)
    {
        Contracts.CheckParam(index >= 0 && index < _normalizers.Length, nameof(index),
            $"Not valid. Valid range is from 0 (inclusive) to {_normalizers.Length} (exclusive) but got {index}.");
        return _normalizers[index].Parameters;
    }

    private protected override (DataViewType, DataViewSchema.Annotations, Func<DataViewRow, Delegate>) MapColumn(int index,
        DataViewSchema.Column source)
    {
        const string Expected = "scalar or known-size vector of Single";
        if (source.Type.GetValueCount() == 0)
            throw Contracts.ExceptSchemaMismatch("inputSchema", "input", source.Name, Expected, "variable-size vector");
        var item = source.Type.GetItemType();
        if (item != NumberDataViewType.Single && item != NumberDataViewType.Double)
            throw Contracts.ExceptSchemaMismatch("inputSchema", "input", source.Name, Expected, source.Type.ToString());

        var annotations = new DataViewSchema.Annotations.Builder();
        annotations.AddPrimitiveValue(AnnotationUtils.Kinds.IsNormalized, BooleanDataViewType.Instance, true);
        annotations.Add(source.Annotations, name => name == AnnotationUtils.Kinds.SlotNames);
        return (_types[index], annotations.ToAnnotations(), row => _normalizers[index].MakeGetter(row, source.Index));
    }

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        var writer = ctx.WriterOf(Version);
        SaveColumns(writer);
        writer.WriteArray(_types, TypeCodec.Write);
        writer.WriteArray(_normalizers, Normalizer.Write);
    }

    /// <summary>The parameters of a normaliser.</summary>
    public abstract class NormalizerModelParametersBase
    {
        private protected NormalizerModelParametersBase()
        {
        }
    }

    /// <summary>The parameters of (x − offset)·scale; of a vector that keeps zeros, no offsets.</summary>
    public sealed class AffineNormalizerModelParameters<TData> : NormalizerModelParametersBase
    {
        internal AffineNormalizerModelParameters(TData scale, TData offset)
        {
            Scale = scale;
            Offset = offset;
        }

        /// <summary>The factor.</summary>
        public TData Scale { get; }

        /// <summary>What is taken off first.</summary>
        public TData Offset { get; }
    }

    /// <summary>The parameters of a cumulative normal distribution.</summary>
    public sealed class CdfNormalizerModelParameters<TData> : NormalizerModelParametersBase
    {
        internal CdfNormalizerModelParameters(TData mean, TData stddev, bool useLog)
        {
            Mean = mean;
            StandardDeviation = stddev;
            UseLog = useLog;
        }

        /// <summary>The mean.</summary>
        public TData Mean { get; }

        /// <summary>The standard deviation.</summary>
        public TData StandardDeviation { get; }

        /// <summary>Whether the logarithm is taken first.</summary>
        public bool UseLog { get; }
    }
}
