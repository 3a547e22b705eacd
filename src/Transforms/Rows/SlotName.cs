using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability;

/// <summary>How messages name a slot of a column.</summary>
internal static class SlotName
{
    /// <summary><c>, slot 3 ("age"),</c> after the column's name; nothing for a scalar.</summary>
    public static string Describe(DataViewSchema.Column column, int slot)
    {
        if (column.Type is not VectorDataViewType)
        {
            return string.Empty;
        }

        if (!column.HasSlotNames())
        {
            return FormattableString.Invariant($", slot {slot},");
        }

        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        return FormattableString.Invariant($", slot {slot} (\"{names.GetItemOrDefault(slot)}\"),");
    }
}
