using System.Text;

namespace Microsoft.ML;

/// <summary>The 256 bytes at the head of a model stream, as ML.NET lays them out; the string table is always empty here.</summary>
internal struct ModelHeader
{
    public const int Size = 0x100;

    private const ulong HeadSignature = 0x4C45444F4D004C4DUL;
    private const ulong TailSignature = 0x4D4C004D4F44454CUL;
    private const uint Version = 0x00010002;
    private const uint OldestVersion = 0x00010001;
    private const int LoaderSignatureSize = 24;

    public ulong ModelSignature;
    public uint ModelVerWritten;
    public uint ModelVerReadable;
    public string LoaderSignature;
    public string LoaderSignatureAlt;
    public string LoaderAssemblyName;
    public long ModelSize;

    private long _end;

    public ModelHeader(VersionInfo ver)
    {
        ModelSignature = ver.ModelSignature;
        ModelVerWritten = ver.VerWrittenCur;
        ModelVerReadable = ver.VerReadableCur;
        LoaderSignature = ver.LoaderSignature;
        LoaderSignatureAlt = ver.LoaderSignatureAlt;
        LoaderAssemblyName = ver.LoaderAssemblyName;
    }

    /// <summary>Leaves room for the header.</summary>
    public static void BeginWrite(BinaryWriter writer) => writer.Write(new byte[Size]);

    /// <summary>Writes what follows the model, then the header over the room left for it.</summary>
    public readonly void EndWrite(BinaryWriter writer)
    {
        writer.Flush();
        long modelEnd = writer.BaseStream.Position;
        byte[] assembly = Encoding.Unicode.GetBytes(LoaderAssemblyName ?? "");
        writer.Write(assembly);
        writer.Write(TailSignature);
        writer.Flush();

        writer.BaseStream.Position = 0;
        writer.Write(HeadSignature);
        writer.Write(Version);
        writer.Write(Version);
        writer.Write((long)Size);
        writer.Write(modelEnd - Size);
        writer.Write(new byte[4 * sizeof(long)]);
        writer.Write(ModelSignature);
        writer.Write(ModelVerWritten);
        writer.Write(ModelVerReadable);
        writer.Write(SignatureBytes(LoaderSignature));
        writer.Write(SignatureBytes(LoaderSignatureAlt));
        writer.Write(modelEnd + assembly.Length);
        writer.Write(modelEnd + assembly.Length + sizeof(ulong));
        writer.Write(assembly.Length == 0 ? 0L : modelEnd);
        writer.Write((uint)assembly.Length);
        writer.Flush();
        writer.BaseStream.Seek(0, SeekOrigin.End);
    }

    /// <summary>Reads and checks the header, and leaves the reader at the model.</summary>
    public static ModelHeader Read(BinaryReader reader)
    {
        byte[] bytes = reader.ReadBytes(Size);
        Contracts.CheckDecode(bytes.Length == Size);
        using var head = new BinaryReader(new MemoryStream(bytes));
        Contracts.CheckDecode(head.ReadUInt64() == HeadSignature, "Wrong file type");
        uint written = head.ReadUInt32(), readable = head.ReadUInt32();
        Contracts.CheckDecode(readable <= written, "Corrupt file header");
        Contracts.CheckDecode(readable <= Version, "File is too new");
        Contracts.CheckDecode(written >= OldestVersion, "File is too old");
        Contracts.CheckDecode(head.ReadInt64() == Size);
        var header = new ModelHeader { ModelSize = head.ReadInt64() };
        Contracts.CheckDecode(header.ModelSize >= 0);
        head.BaseStream.Position = 0x40;
        header.ModelSignature = head.ReadUInt64();
        header.ModelVerWritten = head.ReadUInt32();
        header.ModelVerReadable = head.ReadUInt32();
        header.LoaderSignature = SignatureString(head.ReadBytes(LoaderSignatureSize));
        header.LoaderSignatureAlt = SignatureString(head.ReadBytes(LoaderSignatureSize));
        long tail = head.ReadInt64(), assemblyAt, assemblySize;
        header._end = head.ReadInt64();
        (assemblyAt, assemblySize) = (head.ReadInt64(), head.ReadUInt32());
        Contracts.CheckDecode(tail >= Size + header.ModelSize && header._end == tail + sizeof(ulong));
        Contracts.CheckDecode(reader.BaseStream.Length >= header._end);
        if (assemblyAt != 0)
        {
            Contracts.CheckDecode(assemblyAt >= Size + header.ModelSize && tail == assemblyAt + assemblySize);
            Contracts.CheckDecode(assemblySize % sizeof(char) == 0);
            reader.BaseStream.Position = assemblyAt;
            header.LoaderAssemblyName = Encoding.Unicode.GetString(reader.ReadBytes((int)assemblySize));
        }
        reader.BaseStream.Position = tail;
        Contracts.CheckDecode(reader.ReadUInt64() == TailSignature, "Corrupt model file tail");
        reader.BaseStream.Position = Size;
        return header;
    }

    /// <summary>Checks that the component read all of its model.</summary>
    public readonly void EndRead(BinaryReader reader)
    {
        Contracts.CheckDecode(reader.BaseStream.Position == Size + ModelSize);
        reader.BaseStream.Position = _end;
    }

    /// <summary>Checks that a component of the given version can read the model.</summary>
    public readonly void Check(VersionInfo ver)
    {
        Contracts.CheckDecode(ModelSignature == ver.ModelSignature, "Unknown file type");
        Contracts.CheckDecode(ModelVerReadable <= ModelVerWritten, "Corrupt file header");
        if (ModelVerReadable > ver.VerWrittenCur)
            throw Unreadable(ver, "new", "Maximum", ModelVerReadable, ver.VerWrittenCur);
        if (ModelVerWritten < ver.VerWeCanReadBack)
            throw Unreadable(ver, "old", "Minimum", ModelVerWritten, ver.VerWeCanReadBack);
    }

    private static Exception Unreadable(VersionInfo ver, string age, string bound, uint got, uint expected) => Contracts.ExceptDecode(
        $"Cause: ML.NET {typeof(VersionInfo).Assembly.GetName().Version} cannot read component '{ver.LoaderSignature}' of the model, " +
        $"because the model is too {age}.\n" +
        $"Debug details: {bound} expected version {expected}, got {got}.");

    private static byte[] SignatureBytes(string signature)
    {
        signature ??= "";
        Contracts.Check(signature.Length <= LoaderSignatureSize && signature.All(c => c <= 0xFF),
            $"Loader signature '{signature}' must be at most 24 Latin-1 characters");
        byte[] bytes = new byte[LoaderSignatureSize];
        Encoding.Latin1.GetBytes(signature, bytes);
        return bytes;
    }

    private static string SignatureString(byte[] bytes) => Encoding.Latin1.GetString(bytes).TrimEnd('\0');
}
