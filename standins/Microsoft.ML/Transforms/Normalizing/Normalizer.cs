using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>The learned normaliser of one column.</summary>
internal abstract class Normalizer
{
    private enum Form : byte
    {
        AffineSingle,
        AffineDouble,
        CdfSingle,
        CdfDouble,
    }

    public abstract NormalizingTransformer.NormalizerModelParametersBase Parameters { get; }

    public abstract Delegate MakeGetter(DataViewRow row, int column);

    public static void Write(BinaryWriter writer, Normalizer normalizer)
    {
        writer.Write((byte)(normalizer switch
        {
            AffineNormalizer<float> => Form.AffineSingle,
            AffineNormalizer<double> => Form.AffineDouble,
            CdfNormalizer<float> => Form.CdfSingle,
            _ => Form.CdfDouble,
        }));
        normalizer.Save(writer);
    }

    public static Normalizer Read(BinaryReader reader) => (Form)reader.ReadByte() switch
    {
        Form.AffineSingle => new AffineNormalizer<float>(reader.ReadBoolean(), reader.ReadArray(r => r.ReadSingle()), reader.ReadArray(r => r.ReadSingle())),
        Form.AffineDouble => new AffineNormalizer<double>(reader.ReadBoolean(), reader.ReadArray(r => r.ReadDouble()), reader.ReadArray(r => r.ReadDouble())),
        Form.CdfSingle => new CdfNormalizer<float>(reader.ReadBoolean(), reader.ReadArray(r => r.ReadSingle()), reader.ReadArray(r => r.ReadSingle())),
        Form.CdfDouble => new CdfNormalizer<double>(reader.ReadBoolean(), reader.ReadArray(r => r.ReadDouble()), reader.ReadArray(r => r.ReadDouble())),
        _ => throw Contracts.ExceptDecode("Unknown form of normalizer"),
    };

    protected abstract void Save(BinaryWriter writer);
}
