namespace Samples.Cli;

/// <summary>What a pass over a file found of a column.</summary>
internal sealed class ColumnProfile(string name, int index)
{
    /// <summary>Distinct values that are counted; beyond they are only known to be more.</summary>
    public const int MostDistinct = 1000;

    private const double NumericShare = 0.9;
    private readonly Dictionary<string, long> _counts = [];
    private long _previous = long.MinValue;

    public string Name => name;

    /// <summary>Its place in a row, from 0.</summary>
    public int Index => index;

    public long Missing { get; private set; }

    public long Numbers { get; private set; }

    public long Words { get; private set; }

    /// <summary>Whether all numbers are whole.</summary>
    public bool IsWhole { get; private set; } = true;

    /// <summary>The first value that is no number, and its row from 1.</summary>
    public (string Value, long Row)? FirstWord { get; private set; }

    /// <summary>How often each value stands there, up to <see cref="MostDistinct"/> values.</summary>
    public IReadOnlyDictionary<string, long> Counts => _counts;

    public bool HasManyValues { get; private set; }

    /// <summary>Whether there is a value, and all but a few values are numbers.</summary>
    public bool IsNumeric => Numbers > 0 && Numbers >= NumericShare * (Numbers + Words);

    /// <summary>Whether it counts rows, as identifiers do.</summary>
    public bool CountsRows { get; private set; } = true;

    public bool IsEmpty => Numbers + Words == 0;

    public void Add(string value, long row, char decimalMarker)
    {
        if (Cell.IsMissing(value))
        {
            Missing++;
            return;
        }

        if (Cell.IsNumber(value, decimalMarker))
        {
            Numbers++;
            var whole = long.TryParse(value.Trim(), System.Globalization.CultureInfo.InvariantCulture, out var number);
            IsWhole &= whole;
            CountsRows &= whole && (_previous == long.MinValue || number == _previous + 1);
            _previous = number;
        }
        else
        {
            Words++;
            CountsRows = false;
            FirstWord ??= (value, row);
        }

        if (_counts.TryGetValue(value, out var count))
        {
            _counts[value] = count + 1;
        }
        else if (_counts.Count < MostDistinct)
        {
            _counts.Add(value, 1);
        }
        else
        {
            HasManyValues = true;
        }
    }
}
