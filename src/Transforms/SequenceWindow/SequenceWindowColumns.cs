using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability;

/// <summary>The checks of the columns that windowing reads, and their messages.</summary>
internal static class SequenceWindowColumns
{
    public const string Owner = "SequenceWindow";
    private const string StepRule = "Single or a vector of Single of known size";
    private const string StepRemedy = "Append Conversion.ConvertType or Concatenate, or give the vector's size in the loader.";
    private const string TargetRule = "Single, a vector of Single of known size, or a key of UInt32";
    private const string TargetRemedy = "Append Conversion.ConvertType or MapValueToKey.";

    public static DataViewSchema.Column Find(DataViewSchema schema, string parameter, string name) => TransformErrors.Find(schema, Owner, parameter, name);

    /// <exception cref="ArgumentException">The column of steps is missing or of another type.</exception>
    public static DataViewSchema.Column Step(DataViewSchema schema, string name)
    {
        var column = Find(schema, "inputColumnName", name);
        return SequenceWindowModel.Count(column.Type) > 0 ? column : throw TransformErrors.WrongType(Owner, "inputColumnName", name, StepRule, column.Type, StepRemedy);
    }

    /// <exception cref="ArgumentException">The column of the target is of another type, or a vector that must be named.</exception>
    public static DataViewSchema.Column Target(DataViewSchema.Column column) =>
        SequenceWindowModel.Count(column.Type) > 0 || (column.Type is KeyDataViewType && column.Type.RawType == typeof(uint))
            ? column
            : throw TransformErrors.WrongType(Owner, nameof(SequenceWindowOptions.TargetInputColumnName), column.Name, TargetRule, column.Type, TargetRemedy);

    /// <summary>Checks what can be checked before there are data, and gives the shapes of the step and of what the target is taken from.</summary>
    /// <exception cref="ArgumentException">A column is missing or of another type.</exception>
    public static (SchemaShape.Column Step, SchemaShape.Column? Target) Check(SchemaShape shape, string input, string? target, SequenceWindowOptions options)
    {
        var step = TransformErrors.Find(shape, Owner, "inputColumnName", input);
        if (step.ItemType != NumberDataViewType.Single || step.IsKey || step.Kind == SchemaShape.Column.VectorKind.VariableVector)
        {
            throw TransformErrors.WrongType(Owner, "inputColumnName", input, StepRule, TransformErrors.Describe(step), StepRemedy);
        }

        if (options.GroupColumnName is { } group)
        {
            TransformErrors.Find(shape, Owner, nameof(options.GroupColumnName), group);
        }

        if (target is null)
        {
            return (step, null);
        }

        if (options.TargetInputColumnName is null && step.Kind != SchemaShape.Column.VectorKind.Scalar)
        {
            throw new ArgumentException(
                $"{Owner}: TargetInputColumnName must be given where a step is a vector; the column \"{input}\" is one. Name the column that the target \"{target}\" is taken from.", nameof(options));
        }

        var name = options.TargetInputColumnName ?? input;
        var source = TransformErrors.Find(shape, Owner, nameof(options.TargetInputColumnName), name);
        var isNumber = source.ItemType == NumberDataViewType.Single && !source.IsKey && source.Kind != SchemaShape.Column.VectorKind.VariableVector;
        var isKey = source.IsKey && source.ItemType == NumberDataViewType.UInt32 && source.Kind == SchemaShape.Column.VectorKind.Scalar;
        return isNumber || isKey
            ? (step, source)
            : throw TransformErrors.WrongType(Owner, nameof(options.TargetInputColumnName), name, TargetRule, TransformErrors.Describe(source), TargetRemedy);
    }

    public static ArgumentException OtherType(SequenceWindowModel model, DataViewType found) => TransformErrors.WrongType(
        Owner,
        "inputColumnName",
        model.InputColumnName,
        model.IsVector ? FormattableString.Invariant($"a vector of {model.Width} Single, as in fitting") : "Single, as in fitting",
        found,
        FormattableString.Invariant($"Transform data with the columns that it was fitted on, or rows that hold a whole window of {model.Length}×{model.Width} Single."));

    public static InvalidOperationException TooShort(SequenceWindowModel model, long longest) => new(FormattableString.Invariant(
        $"{Owner}: at least one series must have {model.Span} rows, for a window of {model.Length}{(model.TargetColumnName is null ? string.Empty : $" and a target {model.Options.Ahead} ahead")}; the longest has {longest}. Shorten the window, or check the order and the group column: rows of a series must follow one another."));

    public static InvalidOperationException NoWindowInRow(SequenceWindowModel model) => new(FormattableString.Invariant(
        $"{Owner}: a row that is scored by itself must hold a whole window, {model.Length}×{model.Width} Single with the oldest step first; the column \"{model.InputColumnName}\" holds one step and the steps before it are not known. Give the column [VectorType({model.WindowType.Size})] in the class of the rows, or use Transform on the rows in order."));
}
