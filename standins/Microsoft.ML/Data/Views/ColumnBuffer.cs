namespace Microsoft.ML.Data;

/// <summary>Copies of a column's values in numbered slots.</summary>
internal abstract class ColumnBuffer
{
    public static ColumnBuffer Create(DataViewType type) => type is VectorDataViewType vector
        ? GenericMethods.Invoke<ColumnBuffer>(Vector<int>, [vector.ItemType.RawType])
        : GenericMethods.Invoke<ColumnBuffer>(Scalar<int>, [type.RawType]);

    /// <summary>Puts the row's value, at the time of each call, into a slot.</summary>
    public abstract Action<int> FillFrom(DataViewRow row, DataViewSchema.Column column);

    /// <summary>Puts the getter's value, at the time of each call, into a slot.</summary>
    public abstract Action<int> FillFrom(Delegate getter);

    /// <summary>A getter of the value in the slot that <paramref name="slot"/> says.</summary>
    public abstract Delegate Getter(Func<int> slot);

    private static ColumnBuffer Scalar<T>() => new Typed<T>((T from, ref T to) => to = from);

    private static ColumnBuffer Vector<T>() => new Typed<VBuffer<T>>((VBuffer<T> from, ref VBuffer<T> to) => from.CopyTo(ref to));

    private delegate void Copier<T>(T from, ref T to);

    private sealed class Typed<T>(Copier<T> copy) : ColumnBuffer
    {
        private T[] _values = new T[16];

        public override Action<int> FillFrom(DataViewRow row, DataViewSchema.Column column) => FillFrom(row.GetGetter<T>(column));

        public override Action<int> FillFrom(Delegate getter)
        {
            var get = (ValueGetter<T>)getter;
            return slot =>
            {
                if (slot >= _values.Length)
                    Array.Resize(ref _values, Math.Max(slot + 1, 2 * _values.Length));
                get(ref _values[slot]);
            };
        }

        public override Delegate Getter(Func<int> slot) => (ValueGetter<T>)((ref T value) => copy(_values[slot()], ref value));
    }
}
