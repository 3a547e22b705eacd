using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Column types in model files: the kind of the items, the count of a key, the dimensions of a vector.</summary>
internal static class TypeCodec
{
    public static void Write(BinaryWriter writer, DataViewType type)
    {
        writer.Write((byte)type.Kind());
        writer.Write(type.GetItemType().GetKeyCount());
        writer.WriteArray(type is VectorDataViewType vector ? vector.Dimensions.ToArray() : [], (w, dimension) => w.Write(dimension));
    }

    public static DataViewType Read(BinaryReader reader)
    {
        var kind = (DataKind)reader.ReadByte();
        Contracts.CheckDecode(Enum.IsDefined(kind));
        ulong keys = reader.ReadUInt64();
        int[] dimensions = reader.ReadArray(r => r.ReadInt32());
        var item = keys == 0 ? kind.PrimitiveType() : new KeyDataViewType(kind.PrimitiveType().RawType, keys);
        return dimensions.Length == 0 ? item : new VectorDataViewType(item, dimensions);
    }
}
