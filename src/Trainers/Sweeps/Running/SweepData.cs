using System.Globalization;
using Microsoft.ML;

namespace MLNet.GradStability;

/// <summary>Rows to train on, and rows to measure on.</summary>
internal sealed record Split(IDataView Train, IDataView Validation);

/// <summary>The data of a sweep.</summary>
/// <param name="Splits">One, or one for each fold.</param>
internal sealed record SweepData(IReadOnlyList<Split> Splits)
{
    /// <summary>The columns and how they are split, for fingerprints.</summary>
    public string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(Splits.Count == 1 ? "validation rows" : $"{Splits.Count} folds")}; {string.Join(", ", Splits[0].Train.Schema.Where(column => !column.IsHidden).Select(column => $"{column.Name}: {column.Type}"))}");
}
