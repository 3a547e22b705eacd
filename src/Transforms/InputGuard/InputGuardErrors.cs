using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability;

/// <summary>The errors of the input guard about columns and values: which one, what must hold, what was found, what to do.</summary>
internal static class InputGuardErrors
{
    public static ArgumentException Missing(string name, IEnumerable<string> there) =>
        new($"InputGuard: the data must have a column \"{name}\"; it has {string.Join(", ", there)}. Name an existing column.", "inputColumnName");

    public static ArgumentException WrongType(string name, object found) =>
        new($"InputGuard: the column \"{name}\" must be Single or a vector of Single of known size; it is {found}. Append Conversion.ConvertType, or give the vector's size in the loader.", "inputColumnName");

    public static ArgumentException OtherType(string name, DataViewType fitted, DataViewType found) =>
        new($"InputGuard: the column \"{name}\" must be {fitted}, as in fitting; it is {found}. Transform data with the columns that the guard was fitted on.", "inputColumnName");

    public static InvalidOperationException NoRows(string name) =>
        new($"InputGuard: the column \"{name}\" must have at least one row to fit on; it has none. Check the file, the filters in front and the split.");

    /// <exception cref="InvalidOperationException">The options reject values that are not finite.</exception>
    public static void ThrowIfRejected(InputGuardOptions options, DataViewSchema.Column column, int slot, float value, long row)
    {
        if (options.OnNonFinite == NonFiniteAction.Reject)
        {
            throw new InvalidOperationException(FormattableString.Invariant(
                $"InputGuard: the column \"{column.Name}\"{SlotName.Describe(column, slot)} must hold finite numbers; row {row} holds {value}. Correct the data, leave such rows out with FilterRowsByMissingValues, or set OnNonFinite to Impute."));
        }
    }
}
