using Microsoft.ML;
using Microsoft.ML.Data;

namespace Samples.Cli;

/// <summary>The columns a model reads, and those of a file that are them.</summary>
internal static class ModelInputs
{
    private static readonly Dictionary<DataViewType, DataKind> Kinds = new()
    {
        [NumberDataViewType.Single] = DataKind.Single,
        [NumberDataViewType.Double] = DataKind.Double,
        [NumberDataViewType.SByte] = DataKind.SByte,
        [NumberDataViewType.Int16] = DataKind.Int16,
        [NumberDataViewType.Int32] = DataKind.Int32,
        [NumberDataViewType.Int64] = DataKind.Int64,
        [NumberDataViewType.Byte] = DataKind.Byte,
        [NumberDataViewType.UInt16] = DataKind.UInt16,
        [NumberDataViewType.UInt32] = DataKind.UInt32,
        [NumberDataViewType.UInt64] = DataKind.UInt64,
        [BooleanDataViewType.Instance] = DataKind.Boolean,
        [TextDataViewType.Instance] = DataKind.String,
    };

    /// <exception cref="CliException">The model reads what a field of a file cannot be.</exception>
    public static IReadOnlyList<DataViewSchema.Column> Of(LoadedModel model)
    {
        var inputs = model.Inputs.Where(column => !column.IsHidden).ToList();
        return inputs.FirstOrDefault(column => !Kinds.ContainsKey(column.Type)) is { Name: not null } other
            ? throw CliException.Failed($"the model's columns must be single numbers or texts to be read from a CSV file; \"{other.Name}\" is {other.Type}. Use the model from code, or train one by \"gradstab train\".")
            : inputs;
    }

    /// <exception cref="CliException">The file lacks a column.</exception>
    public static IReadOnlyList<(ColumnProfile Column, DataKind Kind)> Find(CsvTable table, IReadOnlyList<DataViewSchema.Column> inputs)
    {
        var found = inputs.Select(input => (Input: input, Column: table.Columns.FirstOrDefault(column => column.Name == input.Name))).ToList();
        var missing = found.Where(pair => pair.Column is null).Select(pair => pair.Input.Name).ToList();
        if (missing.Count > 0)
        {
            var unused = table.Columns.Select(column => column.Name).Except(inputs.Select(input => input.Name)).ToList();
            throw CliException.Usage(
                $"\"{table.Path}\" must have the columns the model was trained on; it lacks {ColumnList.Text(missing)}{Closest.Hint(missing[0], unused)} " +
                $"It has {ColumnList.Text(table.Columns)}, {table.Layout}. Rename its columns; --header, --no-header and --separator say how it is written.");
        }

        return [.. found.Select(pair => (pair.Column!, Kinds[pair.Input.Type]))];
    }
}
