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

    public static Normalizer Read(BinaryReader reader)
    {
        var form = (Form)reader.ReadByte();
        bool isVector = reader.ReadBoolean();
        return form switch
        {
            Form.AffineSingle => new AffineNormalizer<float>(isVector, Values<float>(), Values<float>()),
            Form.AffineDouble => new AffineNormalizer<double>(isVector, Values<double>(), Values<double>()),
            Form.CdfSingle => new CdfNormalizer<float>(isVector, Values<float>(), Values<float>()),
            Form.CdfDouble => new CdfNormalizer<double>(isVector, Values<double>(), Values<double>()),
            _ => throw Contracts.ExceptDecode("Unknown form of normalizer"),
        };

        T[] Values<T>() => reader.ReadArray(ValueCodec.Read<T>);
    }

    protected abstract void Save(BinaryWriter writer);
}
