
namespace MLNet.GradStability;

/// <summary>The errors about columns: which one, what must hold, what was found, what to do.</summary>
internal static class ColumnErrors
{
    public static ArgumentException Missing(string name, string option, IEnumerable<string> there) =>
        new($"NeuralNetworkOptions.{option}: the data must have a column \"{name}\"; it has {string.Join(", ", there)}. Name an existing column.", option);

    public static ArgumentException WrongType(string role, string name, string expected, object found, string remedy) =>
        new($"The {role} column \"{name}\" must be {expected}; it is {found}. {remedy}", name);

    public static InvalidOperationException NoRows(string role) =>
        new($"The {role} data must have at least one row; it has none. Check the file, the filters in front of the trainer and the split.");

    public static InvalidOperationException NoValidationRows(double fraction, long rows) =>
        new(FormattableString.Invariant($"NeuralNetworkOptions.ValidationFraction must leave at least one row for validation; {fraction} of {rows} rows leaves none. Give more rows or a larger fraction, or leave it out."));

    public static ArgumentException NotAsInTraining(string role, string name, string training, string found) =>
        new($"The {role} column \"{name}\" must be {training}, as in the training data; it is {found}. Put both through the same fitted transforms.", name);

    public static InvalidOperationException NotFinite(string column, string slot, float value, long row) =>
        new(FormattableString.Invariant($"The column \"{column}\"{slot} must hold finite numbers; row {row} holds {value}. Append ReplaceMissingValues, or leave such rows out with FilterRowsByMissingValues."));

    public static InvalidOperationException BadLabel(string column, string slot, string rule, string found, long row, string remedy) =>
        new(FormattableString.Invariant($"The label column \"{column}\"{slot} must {rule}; row {row} holds {found}. {remedy}"));

    public static InvalidOperationException BadWeight(string column, float value, long row) =>
        new(FormattableString.Invariant($"The example weight column \"{column}\" must hold finite numbers, 0 or greater; row {row} holds {value}. Correct the weights."));

    public static InvalidOperationException NoWeight(string column) =>
        new($"The example weight column \"{column}\" must hold a weight above 0; all of them are 0. Correct the weights, or leave ExampleWeightColumnName out.");

    public static InvalidOperationException OneClass(string column, string value, long rows) =>
        new(FormattableString.Invariant($"The label column \"{column}\" must hold at least two classes; all {rows} rows hold {value}. Check the filters in front of the trainer, or split with stratification."));
}
