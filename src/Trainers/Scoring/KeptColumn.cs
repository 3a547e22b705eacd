using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability;

/// <summary>The values of one input column for the rows that a cursor has read ahead.</summary>
internal abstract class KeptColumn
{
    private static readonly MethodInfo CreateOf = typeof(KeptColumn).GetMethod(nameof(CreateTyped), BindingFlags.NonPublic | BindingFlags.Static)!;
    private static readonly MethodInfo CreateVector = typeof(KeptColumn).GetMethod(nameof(CreateVectorTyped), BindingFlags.NonPublic | BindingFlags.Static)!;

    public static KeptColumn Create(DataViewRow row, DataViewSchema.Column column, int rows)
    {
        var method = column.Type is VectorDataViewType vector
            ? CreateVector.MakeGenericMethod(vector.ItemType.RawType)
            : CreateOf.MakeGenericMethod(column.Type.RawType);
        return (KeptColumn)method.Invoke(null, [row, column, rows])!;
    }

    /// <summary>Keeps the value of the input's row in a place of the buffer.</summary>
    public abstract void Keep(int place);

    /// <summary>A getter for the value in the place that <paramref name="current"/> names.</summary>
    public abstract ValueGetter<TValue> Getter<TValue>(Func<int> current);

    private static Kept<T> CreateTyped<T>(DataViewRow row, DataViewSchema.Column column, int rows) =>
        new(row, column, rows, (in T from, ref T to) => to = from);

    // A vector's arrays belong to whoever reads it: values are copied in both directions.
    private static Kept<VBuffer<T>> CreateVectorTyped<T>(DataViewRow row, DataViewSchema.Column column, int rows) =>
        new(row, column, rows, (in VBuffer<T> from, ref VBuffer<T> to) => from.CopyTo(ref to));

    private delegate void Copy<T>(in T from, ref T to);

    private sealed class Kept<T>(DataViewRow row, DataViewSchema.Column column, int rows, Copy<T> copy) : KeptColumn
    {
        private readonly ValueGetter<T> _getter = row.GetGetter<T>(column);
        private readonly T[] _values = new T[rows];

        // The getter fills the place itself, into the arrays that the place already owns.
        public override void Keep(int place) => _getter(ref _values[place]);

        public override ValueGetter<TValue> Getter<TValue>(Func<int> current)
        {
            ValueGetter<T> getter = (ref T value) => copy(in _values[current()], ref value);
            return getter as ValueGetter<TValue> ?? throw ScoreBinding.WrongValueType(column, typeof(TValue));
        }
    }
}
