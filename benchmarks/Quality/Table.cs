using System.Globalization;

namespace MLNet.GradStability.Benchmarks.Quality;

/// <summary>One of the shipped tables, as it is: nothing is scaled.</summary>
/// <param name="Kind">What the label is.</param>
/// <param name="X">The features.</param>
/// <param name="Labels">The labels as texts.</param>
internal sealed record Table(LabelKind Kind, float[][] X, string[] Labels)
{
    /// <summary>Reads <c>Data/file.csv</c>: a header, then features and label.</summary>
    public static Table Read(string file, LabelKind kind)
    {
        var rows = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Data", file + ".csv")).Skip(1).Select(line => line.Split(',')).ToList();
        return new(
            kind,
            [.. rows.Select(row => row[..^1].Select(value => float.Parse(value, CultureInfo.InvariantCulture)).ToArray())],
            [.. rows.Select(row => row[^1])]);
    }

    public Table Take(IEnumerable<int> rows) => this with { X = [.. rows.Select(row => X[row])], Labels = [.. rows.Select(row => Labels[row])] };

    /// <summary>The label as a number; that of a class has no meaning.</summary>
    public float Number(int row) => float.TryParse(Labels[row], CultureInfo.InvariantCulture, out var number) ? number : float.NaN;
}
