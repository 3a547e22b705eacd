using Microsoft.ML;
using Microsoft.ML.Data;

namespace Samples.Cli;

/// <summary>A file of rows: how it is written, and what is in its columns.</summary>
internal sealed class CsvTable
{
    private const int SampleRows = 1000;

    private CsvTable(string path, CsvLayout layout, IReadOnlyList<ColumnProfile> columns)
    {
        Path = path;
        Layout = layout;
        Columns = columns;
    }

    public string Path { get; }

    public CsvLayout Layout { get; }

    public IReadOnlyList<ColumnProfile> Columns { get; }

    public long Rows { get; private set; }

    /// <summary>Rows with fewer fields than there are columns.</summary>
    public long ShortRows { get; private set; }

    /// <summary>Finds out how a file is written, and reads it once.</summary>
    /// <exception cref="CliException">It is not there, is no table, or some rows have too many fields.</exception>
    public static CsvTable Open(MLContext ml, CsvRequest request)
    {
        var path = request.Path;
        if (!File.Exists(path))
        {
            throw CliException.Failed($"the data file \"{path}\" must exist; there is none. Check the path.");
        }

        var separator = request.Separator ?? SeparatorSearch.Find(path);
        var sample = CsvRows.Read(ml, path, new CsvLayout(separator, HasHeader: false, '.')).Take(SampleRows).ToList();
        if (sample.Count == 0)
        {
            throw CliException.Failed($"the data file \"{path}\" must hold rows; it is empty.");
        }

        var hasHeader = request.HasHeader ?? HeaderSearch.HasHeader(sample, request.Names);
        var names = HeaderSearch.Names(sample[0], hasHeader);
        var layout = new CsvLayout(separator, hasHeader, DecimalMarkerSearch.Find(separator, sample.Skip(hasHeader ? 1 : 0)));
        var table = new CsvTable(path, layout, [.. names.Select((name, index) => new ColumnProfile(name, index))]);
        table.Read(ml);
        return table;
    }

    /// <summary>The column of a name.</summary>
    /// <exception cref="CliException">There is none; the message lists those there are.</exception>
    public ColumnProfile Find(string name, string wanted) =>
        Columns.FirstOrDefault(column => column.Name == name)
            ?? throw CliException.Usage($"{wanted} must name a column of \"{Path}\"; there is no \"{name}\"{Closest.Hint(name, Columns.Select(column => column.Name))} The columns are: {ColumnList.Text(Columns)}.{(Layout.HasHeader ? string.Empty : " The file seems to have no header; --header says that it has.")}");

    /// <summary>The rows with these columns, what is no number in a column of numbers being NaN; and with some columns as text under other names.</summary>
    public IDataView Load(MLContext ml, IEnumerable<(ColumnProfile Column, DataKind Kind)> columns, IReadOnlyDictionary<ColumnProfile, string>? asText = null) =>
        ml.Data.LoadFromTextFile(Path, CsvRows.Options(Layout,
        [
            .. columns.Select(c => new TextLoader.Column(c.Column.Name, c.Kind, c.Column.Index)),
            .. (asText ?? new Dictionary<ColumnProfile, string>()).Select(pair => new TextLoader.Column(pair.Value, DataKind.String, pair.Key.Index)),
        ]));

    private void Read(MLContext ml)
    {
        foreach (var row in CsvRows.Read(ml, Path, Layout))
        {
            Rows++;
            if (row.Skip(Columns.Count).Any(field => field.Length > 0))
            {
                throw CliException.Failed($"all rows of \"{Path}\" must have the {Columns.Count} fields of the first; row {Rows} has {row.Length}. Put texts that hold the separator in quotes, or name the right separator by --separator (it is read as {Layout}).");
            }

            ShortRows += row.Length < Columns.Count ? 1 : 0;
            foreach (var column in Columns)
            {
                column.Add(row.ElementAtOrDefault(column.Index) ?? string.Empty, Rows, Layout.DecimalMarker);
            }
        }

        if (Rows == 0)
        {
            throw CliException.Failed($"the data file \"{Path}\" must hold rows; it has a header alone.");
        }
    }
}
