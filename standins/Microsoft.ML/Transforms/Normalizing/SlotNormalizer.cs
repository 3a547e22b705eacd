using System.Numerics;
using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>A normaliser with two parameters for each slot.</summary>
internal abstract class SlotNormalizer<T>(bool isVector, T[] first, T[] second) : Normalizer
    where T : struct, IFloatingPointIeee754<T>
{
    protected bool IsVector => isVector;

    protected T[] First => first;

    protected T[] Second => second;

    /// <summary>Whether what a sparse row leaves out is left out of the result too.</summary>
    protected abstract bool KeepsSparse { get; }

    public override Delegate MakeGetter(DataViewRow row, int column)
    {
        var source = row.Schema[column];
        return isVector ? VectorGetter(row.GetGetter<VBuffer<T>>(source)) : OneGetter(row.GetGetter<T>(source));
    }

    protected abstract T Map(T value, int slot);

    protected override void Save(BinaryWriter writer)
    {
        writer.Write(isVector);
        writer.WriteArray(first, ValueCodec.Write);
        writer.WriteArray(second, ValueCodec.Write);
    }

    private ValueGetter<T> OneGetter(ValueGetter<T> getter) => (ref T dst) =>
    {
        getter(ref dst);
        dst = Map(dst, 0);
    };

    private ValueGetter<VBuffer<T>> VectorGetter(ValueGetter<VBuffer<T>> getter)
    {
        VBuffer<T> src = default;
        return (ref VBuffer<T> dst) =>
        {
            getter(ref src);
            Contracts.Check(src.Length == first.Length, $"Normalizer expected {first.Length} slots but got {src.Length}");
            if (src.IsDense || !KeepsSparse)
            {
                src.CopyToDense(ref dst);
                var dense = VBufferEditor.CreateFromBuffer(ref dst).Values;
                for (int i = 0; i < dense.Length; i++)
                    dense[i] = WithoutSign(Map(dense[i], i));
                return;
            }
            src.CopyTo(ref dst);
            var sparse = VBufferEditor.CreateFromBuffer(ref dst);
            for (int i = 0; i < sparse.Values.Length; i++)
                sparse.Values[i] = WithoutSign(Map(sparse.Values[i], sparse.Indices[i]));
        };
    }

    // A vector holds no negative zero, for zeros may be left out of it.
    private static T WithoutSign(T value) => value == T.Zero ? T.Zero : value;
}
