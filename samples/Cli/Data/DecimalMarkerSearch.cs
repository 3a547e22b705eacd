namespace Samples.Cli;

/// <summary>Finds whether decimals stand behind a point or a comma.</summary>
internal static class DecimalMarkerSearch
{
    /// <summary>A comma where fields are not separated by commas and more fields are numbers with a comma than with a point.</summary>
    public static char Find(char separator, IEnumerable<string[]> rows)
    {
        var (commas, points) = (0, 0);
        foreach (var field in rows.SelectMany(row => row))
        {
            commas += field.Contains(',') && Cell.IsNumber(field, ',') ? 1 : 0;
            points += field.Contains('.') && Cell.IsNumber(field, '.') ? 1 : 0;
        }

        return separator != ',' && commas > points ? ',' : '.';
    }
}
