using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability;

/// <summary>Reads the target from the row that stands ahead, and ML.NET's missing value where there is none: NaN, or key 0.</summary>
internal static class WindowTarget
{
    public static Delegate Getter(DataViewRow ahead, DataViewSchema.Column column, Func<bool> isThere)
    {
        if (column.Type is VectorDataViewType { Size: var size })
        {
            return Or(ahead.GetGetter<VBuffer<float>>(column), isThere, (ref VBuffer<float> value) =>
            {
                var editor = VBufferEditor.Create(ref value, size);
                editor.Values.Fill(float.NaN);
                value = editor.Commit();
            });
        }

        return column.Type is KeyDataViewType
            ? Or(ahead.GetGetter<uint>(column), isThere, (ref uint value) => value = 0)
            : Or(ahead.GetGetter<float>(column), isThere, (ref float value) => value = float.NaN);
    }

    private static ValueGetter<T> Or<T>(ValueGetter<T> known, Func<bool> isThere, ValueGetter<T> missing) => (ref T value) =>
    {
        if (isThere())
        {
            known(ref value);
        }
        else
        {
            missing(ref value);
        }
    };
}
