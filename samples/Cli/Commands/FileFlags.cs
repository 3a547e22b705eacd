using System.CommandLine;

namespace Samples.Cli;

/// <summary>The options that say how a CSV file is written.</summary>
internal sealed class FileFlags
{
    private readonly Option<Chosen<char>?> _separator = Flags.Choice("--separator", "What stands between fields. Default: found by the first lines.", CsvLayout.Separators);
    private readonly Option<bool> _header = new("--header") { Description = "The first row holds names. Default: found by the first rows." };
    private readonly Option<bool> _noHeader = new("--no-header") { Description = "The first row is data; the columns are called column1, column2, …." };

    public void AddTo(Command command)
    {
        command.Add(_separator);
        command.Add(_header);
        command.Add(_noHeader);
    }

    /// <param name="command">The command line.</param>
    /// <param name="path">The file.</param>
    /// <param name="names">Names that some columns are expected to have.</param>
    public CsvRequest Read(ParseResult command, string path, IReadOnlyCollection<string> names)
    {
        var (header, noHeader) = (command.GetValue(_header), command.GetValue(_noHeader));
        return header && noHeader
            ? throw CliException.Usage("--header and --no-header must not stand together. Leave both out to have it found.")
            : new CsvRequest(path, command.GetValue(_separator)?.Value, header ? true : noHeader ? false : null, names);
    }
}
