namespace Microsoft.ML.Data;

/// <summary>The lines of text files and the fields of lines.</summary>
internal sealed class TextFormat
{
    private const int SampleLines = 100;

    private readonly TextLoader.Options _options;

    public TextFormat(TextLoader.Options options)
    {
        Contracts.CheckParam(options.MaxRows is null or >= 0, nameof(options.MaxRows));
        Contracts.CheckParam(options.InputSize is null or > 0, nameof(options.InputSize));
        Contracts.CheckParam(options.Separators is { Length: > 0 }, "Separator", "Must specify a separator");
        foreach (char c in options.Separators)
        {
            Contracts.CheckParam(c == '\t' || (c >= ' ' && !char.IsAsciiDigit(c) && c != '"'), "Separator", $"Illegal separator: '{c}'");
            Contracts.CheckParam(c != ':' || !options.AllowSparse, "Separator", "When the separator is colon, turn off allowSparse");
        }
        Contracts.CheckParam(options.DecimalMarker is '.' or ',', "DecimalMarker",
            $"Decimal marker cannot be the '{options.DecimalMarker}' character. It must be '.' or ','.");
        _options = options;
        Separators = [.. options.Separators];
    }

    public char[] Separators { get; }

    public bool AllowQuoting => _options.AllowQuoting;

    public bool AllowSparse => _options.AllowSparse;

    public char DecimalMarker => _options.DecimalMarker;

    public bool MissingRealsAsNaNs => _options.MissingRealsAsNaNs;

    public int? InputSize => _options.InputSize;

    /// <summary>The lines that hold rows, with their numbers: no header, no empty lines, no comments.</summary>
    public IEnumerable<(long Number, string Text)> Rows(IMultiStreamSource source)
    {
        long left = _options.MaxRows ?? long.MaxValue;
        for (int file = 0; file < source.Count; file++)
        {
            bool first = true;
            using var reader = source.OpenTextReader(file);
            long number = 0;
            while (left > 0 && ReadLine(reader, ref number) is { } line)
            {
                // Before the first line that counts, # starts a comment too.
                if (line.Length == 0 || line.StartsWith("//", StringComparison.Ordinal) || (first && line[0] == '#'))
                    continue;
                bool isHeader = first && _options.HasHeader;
                first = false;
                if (isHeader)
                    continue;
                left--;
                yield return (number, Trim(line));
            }
        }
    }

    /// <summary>The names in the header of the first file, or null when there is none.</summary>
    public string[] ReadHeader(IMultiStreamSource source)
    {
        if (!_options.HasHeader || WithoutHeader().Rows(source).FirstOrDefault().Text is not { } line)
            return null;
        var fields = new FieldSet();
        fields.Split(line, this);
        var names = new string[fields.Size];
        Array.Fill(names, "");
        foreach (var (index, text) in fields.Items)
            names[index] = text.ToString().Trim();
        return names;
    }

    /// <summary>The number of fields, which must be the same in each of the first lines.</summary>
    public int MeasureInputSize(IMultiStreamSource source)
    {
        var fields = new FieldSet();
        var sizes = new HashSet<int>();
        foreach (var (_, line) in WithoutHeader().Rows(source).Take(SampleLines))
        {
            fields.Split(line, this);
            sizes.Add(fields.Size);
        }
        Contracts.CheckParam(sizes.Count > 0, "Source", "Can't determine the number of source columns without valid data");
        Contracts.CheckParam(sizes.Count == 1, "Source", "The size of input lines is not consistent");
        return sizes.Single();
    }

    private TextFormat WithoutHeader() =>
        new(new()
        {
            Separators = Separators,
            TrimWhitespace = _options.TrimWhitespace,
            AllowSparse = AllowSparse,
            AllowQuoting = AllowQuoting,
            ReadMultilines = _options.ReadMultilines,
        });

    // A line, or several of which all but the last end within quotes.
    private string ReadLine(TextReader reader, ref long number)
    {
        string line = reader.ReadLine();
        long opened = number;
        number++;
        while (line != null && AllowQuoting && _options.ReadMultilines && EndsWithinQuotes(line))
        {
            string next = reader.ReadLine() ?? throw Contracts.Mark(new FormatException("Stream reading encountered exception",
                new EndOfStreamException($"A quoted field opened on line {opened} was never closed, and we've read to the last line in the file without finding the closing quote")));
            line = $"{line}\n{next}";
            number++;
        }
        return line;
    }

    private bool EndsWithinQuotes(string line)
    {
        for (int at = 0; at < line.Length; at++)
        {
            while (at < line.Length && line[at] == ' ' && !Separators.Contains(' '))
                at++;
            if (at < line.Length && line[at] == '"')
            {
                // Behind a doubled quote the field goes on, as if it had been opened anew.
                do
                {
                    at = line.IndexOf('"', at + 1) + 1;
                    if (at == 0)
                        return true;
                }
                while (at < line.Length && line[at] == '"');
            }
            int end = at < line.Length ? line.AsSpan(at).IndexOfAny(Separators) : -1;
            at = end < 0 ? line.Length : at + end;
        }
        return false;
    }

    private string Trim(string line) => _options.TrimWhitespace ? line.TrimEnd() : line;
}
