using Microsoft.ML;
using Microsoft.ML.Data;

[assembly: LoadableClass(typeof(ColumnConcatenatingTransformer), null, typeof(SignatureLoadModel),
    "Concat", ColumnConcatenatingTransformer.LoaderSignature)]

namespace Microsoft.ML.Data;

/// <summary>Joins columns of one item type into a vector.</summary>
public sealed class ColumnConcatenatingTransformer : RowToRowTransformerBase
{
    internal const string LoaderSignature = "ConcatTransform";

    private static readonly VersionInfo Version = TransformVersion.Of("CONCAT F", LoaderSignature);

    private readonly string _output;
    private readonly string[] _inputs;

    internal ColumnConcatenatingTransformer(string outputColumnName, string[] inputColumnNames)
    {
        _output = outputColumnName;
        _inputs = inputColumnNames;
    }

    private ColumnConcatenatingTransformer(ModelLoadContext ctx)
    {
        var reader = ctx.ReaderOf(Version);
        _output = reader.ReadString();
        _inputs = reader.ReadArray(r => r.ReadString());
    }

    private protected override RowMapping MakeMapping(DataViewSchema inputSchema)
    {
        DataViewSchema.Column[] sources = [.. _inputs.Select(name =>
            inputSchema.GetColumnOrNull(name) ?? throw Contracts.ExceptSchemaMismatch(nameof(inputSchema), "input", name))];
        var itemType = sources[0].Type.GetItemType();
        foreach (var source in sources)
        {
            if (!source.Type.GetItemType().Equals(itemType))
                throw Contracts.ExceptSchemaMismatch(nameof(inputSchema), "input", source.Name, itemType.ToString(),
                    source.Type.ToString());
        }
        return new ColumnwiseMapping(inputSchema, [new(Join(sources, itemType), [.. sources.Select(c => c.Index)], MakeGetter)]);

        Delegate MakeGetter(DataViewRow row) => IsOneVector(sources)
            ? SourceGetter.Of(row, sources[0])
            : GenericMethods.Invoke<Delegate>(JoinedGetter<int>, [itemType.RawType], row, sources);
    }

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        var writer = ctx.WriterOf(Version);
        writer.Write(_output);
        writer.WriteArray(_inputs, (w, name) => w.Write(name));
    }

    private static bool IsOneVector(DataViewSchema.Column[] sources) => sources is [{ Type: VectorDataViewType }];

    private DataViewSchema.DetachedColumn Join(DataViewSchema.Column[] sources, DataViewType itemType)
    {
        if (IsOneVector(sources))
            return new(_output, sources[0].Type, sources[0].Annotations);

        bool known = sources.All(c => c.Type.GetValueCount() > 0);
        var annotations = new DataViewSchema.Annotations.Builder();
        if (itemType is NumberDataViewType && sources.All(c => c.IsNormalized()))
            annotations.AddPrimitiveValue(AnnotationUtils.Kinds.IsNormalized, BooleanDataViewType.Instance, true);
        if (known && sources.Any(c => c.Type is not VectorDataViewType || c.HasSlotNames()))
            annotations.AddSlotNames(sources.SelectMany(SlotNames));
        if (known)
            CategoricalRanges.AddJoined(annotations, sources);
        int size = known ? sources.Sum(c => c.Type.GetValueCount()) : 0;
        return new(_output, new VectorDataViewType((PrimitiveDataViewType)itemType, size), annotations.ToAnnotations());
    }

    private static IEnumerable<string> SlotNames(DataViewSchema.Column column)
    {
        if (column.Type is not VectorDataViewType vector)
            return [column.Name];
        return column.SlotNamesOrNull()?.Select(name => name.Length == 0 ? "" : $"{column.Name}.{name}")
            ?? Enumerable.Repeat("", vector.Size);
    }

    private static ValueGetter<VBuffer<T>> JoinedGetter<T>(DataViewRow row, DataViewSchema.Column[] sources)
    {
        var parts = sources.Select(source => VectorGetter<T>(row, source)).ToArray();
        var buffers = new VBuffer<T>[parts.Length];
        return (ref VBuffer<T> dst) =>
        {
            int length = 0, count = 0;
            for (int i = 0; i < parts.Length; i++)
            {
                parts[i](ref buffers[i]);
                length = checked(length + buffers[i].Length);
                count += buffers[i].GetValues().Length;
            }

            bool sparse = count <= length / 2;
            var editor = VBufferEditor.Create(ref dst, length, sparse ? count : length);
            int offset = 0, at = 0;
            foreach (var buffer in buffers)
            {
                if (sparse)
                {
                    var indices = buffer.GetIndices();
                    buffer.GetValues().CopyTo(editor.Values[at..]);
                    for (int i = 0; i < buffer.GetValues().Length; i++)
                        editor.Indices[at++] = offset + (buffer.IsDense ? i : indices[i]);
                }
                else
                {
                    buffer.CopyTo(editor.Values, offset);
                }
                offset += buffer.Length;
            }
            dst = editor.Commit();
        };
    }

    /// <summary>A getter of vectors, a single item being a vector of one.</summary>
    private static ValueGetter<VBuffer<T>> VectorGetter<T>(DataViewRow row, DataViewSchema.Column source)
    {
        var column = row.Schema[source.Index];
        if (source.Type is not VectorDataViewType vector)
        {
            var one = row.GetGetter<T>(column);
            return (ref VBuffer<T> dst) =>
            {
                var editor = VBufferEditor.Create(ref dst, 1);
                one(ref editor.Values[0]);
                dst = editor.Commit();
            };
        }
        var many = row.GetGetter<VBuffer<T>>(column);
        return (ref VBuffer<T> dst) =>
        {
            many(ref dst);
            Contracts.Check(vector.Size == 0 || vector.Size == dst.Length,
                $"Column '{source.Name}': expected {vector.Size} slots, but got {dst.Length}");
        };
    }
}
