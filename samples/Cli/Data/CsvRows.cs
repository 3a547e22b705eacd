using Microsoft.ML;
using Microsoft.ML.Data;

namespace Samples.Cli;

/// <summary>The rows of a file as text, read by ML.NET's loader, so that they are the rows it will load.</summary>
internal static class CsvRows
{
    /// <summary>The options by which all readings of a file are done.</summary>
    public static TextLoader.Options Options(CsvLayout layout, TextLoader.Column[] columns) => new()
    {
        Columns = columns,
        Separators = [layout.Separator],
        HasHeader = layout.HasHeader,
        DecimalMarker = layout.DecimalMarker,
        AllowQuoting = true,
        ReadMultilines = true,
        MissingRealsAsNaNs = true,
    };

    /// <exception cref="CliException">The file cannot be read to its end.</exception>
    public static IEnumerable<string[]> Read(MLContext ml, string path, CsvLayout layout)
    {
        var columns = new[] { new TextLoader.Column("Fields", DataKind.String, [new TextLoader.Range { Min = 0, VariableEnd = true }]) };
        var rows = ml.Data.LoadFromTextFile(path, Options(layout, columns));
        using var cursor = rows.GetRowCursor(rows.Schema);
        var getter = cursor.GetGetter<VBuffer<ReadOnlyMemory<char>>>(rows.Schema[0]);
        VBuffer<ReadOnlyMemory<char>> fields = default;
        while (MoveNext(cursor, path))
        {
            getter(ref fields);
            yield return [.. fields.DenseValues().Select(field => field.ToString())];
        }
    }

    private static bool MoveNext(DataViewRowCursor cursor, string path)
    {
        try
        {
            return cursor.MoveNext();
        }
        catch (FormatException e)
        {
            throw CliException.Failed($"\"{path}\" must hold lines of fields; {e.GetBaseException().Message}. Close the quotes, or double those that belong to a text.", e);
        }
    }
}
