using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Microsoft.ML;

/// <summary>Schemas in model files: the columns with their types and annotations. (ML.NET writes an empty binary data view.)</summary>
internal static class SchemaCodec
{
    private const uint Signature = 0x414D4353;

    public static void Write(BinaryWriter writer, DataViewSchema schema)
    {
        writer.Write(Signature);
        writer.WriteArray(schema, WriteColumn);
    }

    public static DataViewSchema Read(BinaryReader reader)
    {
        Contracts.CheckDecode(reader.ReadUInt32() == Signature, "Corrupt schema");
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(reader.ReadArray(ReadColumn));
        return builder.ToSchema();
    }

    private static void WriteColumn(BinaryWriter writer, DataViewSchema.Column column)
    {
        writer.Write(column.Name);
        TypeCodec.Write(writer, column.Type);
        writer.WriteArray(column.Annotations.Schema, (w, annotation) =>
        {
            w.Write(annotation.Name);
            TypeCodec.Write(w, annotation.Type);
            var item = annotation.Type.GetItemType().RawType;
            bool isVector = annotation.Type is VectorDataViewType;
            GenericMethods.Invoke<object>(isVector ? WriteVector<int> : WriteScalar<int>, [item], w, column.Annotations, annotation);
        });
    }

    private static DataViewSchema.DetachedColumn ReadColumn(BinaryReader reader)
    {
        string name = reader.ReadString();
        var type = TypeCodec.Read(reader);
        var annotations = new DataViewSchema.Annotations.Builder();
        reader.ReadArray(r =>
        {
            string kind = r.ReadString();
            var annotationType = TypeCodec.Read(r);
            bool isVector = annotationType is VectorDataViewType;
            annotations.Add(kind, annotationType,
                GenericMethods.Invoke<Delegate>(isVector ? ReadVector<int> : ReadScalar<int>, [annotationType.GetItemType().RawType], r));
            return kind;
        });
        return new(name, type, annotations.ToAnnotations());
    }

    private static object WriteScalar<T>(BinaryWriter writer, DataViewSchema.Annotations annotations, DataViewSchema.Column annotation)
    {
        T value = default;
        annotations.GetValue(annotation.Name, ref value);
        ValueCodec.Write(writer, value);
        return null;
    }

    private static object WriteVector<T>(BinaryWriter writer, DataViewSchema.Annotations annotations, DataViewSchema.Column annotation)
    {
        VBuffer<T> value = default;
        annotations.GetValue(annotation.Name, ref value);
        writer.WriteArray<T>([.. value.DenseValues()], ValueCodec.Write);
        return null;
    }

    private static Delegate ReadScalar<T>(BinaryReader reader)
    {
        T value = ValueCodec.Read<T>(reader);
        return (ValueGetter<T>)((ref T dst) => dst = value);
    }

    private static Delegate ReadVector<T>(BinaryReader reader) => AnnotationUtils.VectorGetter(reader.ReadArray(ValueCodec.Read<T>));
}
