namespace Microsoft.ML.Data;

/// <summary>Arrays in binary streams: the length, then the items.</summary>
internal static class BinaryArrays
{
    public static void WriteArray<T>(this BinaryWriter writer, IReadOnlyCollection<T> items, Action<BinaryWriter, T> write)
    {
        writer.Write(items.Count);
        foreach (var item in items)
            write(writer, item);
    }

    public static T[] ReadArray<T>(this BinaryReader reader, Func<BinaryReader, T> read)
    {
        int count = reader.ReadInt32();
        // Every item takes at least a byte, so that a false length cannot ask for all memory.
        Contracts.CheckDecode(count >= 0 && count <= reader.BaseStream.Length);
        var items = new T[count];
        for (int i = 0; i < count; i++)
            items[i] = read(reader);
        return items;
    }
}
