using System.Numerics;
using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>What NaN in a column is replaced by.</summary>
internal abstract class Replacement
{
    public abstract PrimitiveDataViewType ItemType { get; }

    /// <summary>The number of slots when each has a replacement of its own, else 0.</summary>
    public abstract int Slots { get; }

    public abstract Delegate MakeGetter(DataViewRow row, DataViewSchema.Column source);

    public static Replacement Zero(DataViewSchema.Column source) =>
        source.Type.GetItemType() == NumberDataViewType.Single
            ? new Replacement<float>([0], bySlot: false)
            : new Replacement<double>([0], bySlot: false);

    public static void Write(BinaryWriter writer, Replacement replacement)
    {
        writer.Write(replacement is Replacement<double>);
        writer.Write(replacement.Slots > 0);
        replacement.WriteValues(writer);
    }

    public static Replacement Read(BinaryReader reader)
    {
        bool isDouble = reader.ReadBoolean(), bySlot = reader.ReadBoolean();
        return isDouble
            ? new Replacement<double>(reader.ReadArray(r => r.ReadDouble()), bySlot)
            : new Replacement<float>(reader.ReadArray(r => r.ReadSingle()), bySlot);
    }

    protected abstract void WriteValues(BinaryWriter writer);
}

/// <summary>What NaN in a column of the given number type is replaced by.</summary>
internal sealed class Replacement<T>(T[] values, bool bySlot) : Replacement
    where T : struct, IFloatingPointIeee754<T>
{
    public override PrimitiveDataViewType ItemType => DataKinds.PrimitiveType(typeof(T));

    public override int Slots => bySlot ? values.Length : 0;

    public override Delegate MakeGetter(DataViewRow row, DataViewSchema.Column source)
    {
        var column = row.Schema[source.Index];
        return source.Type is VectorDataViewType ? VectorGetter(row.GetGetter<VBuffer<T>>(column)) : OneGetter(row.GetGetter<T>(column));
    }

    protected override void WriteValues(BinaryWriter writer) => writer.WriteArray(values, ValueCodec.Write);

    private ValueGetter<T> OneGetter(ValueGetter<T> getter) => (ref T dst) =>
    {
        getter(ref dst);
        if (T.IsNaN(dst))
            dst = values[0];
    };

    private ValueGetter<VBuffer<T>> VectorGetter(ValueGetter<VBuffer<T>> getter)
    {
        VBuffer<T> src = default;
        return (ref VBuffer<T> dst) =>
        {
            getter(ref src);
            Contracts.Check(!bySlot || src.Length == values.Length, $"Expected {values.Length} slots but got {src.Length}");
            src.CopyTo(ref dst);
            var editor = VBufferEditor.CreateFromBuffer(ref dst);
            for (int i = 0; i < editor.Values.Length; i++)
            {
                if (T.IsNaN(editor.Values[i]))
                    editor.Values[i] = values[bySlot ? src.IsDense ? i : editor.Indices[i] : 0];
            }
        };
    }
}
