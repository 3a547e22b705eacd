using System.Globalization;

namespace MLNet.GradStability.Benchmarks.Hostile;

/// <summary>The data of the tasks. A seed draws the split, and what is made up.</summary>
internal static class Data
{
    private const double TestShare = 0.2;
    private const int Made = 1000;

    /// <summary>8×8 digits, 0 to 1.</summary>
    public static TaskRows Digits(int seed)
    {
        var (x, y) = Read("digits.csv");
        return Split(Goal.Class, 10, [.. x.Select(row => row.Select(value => value / 16).ToArray())], y, seed);
    }

    /// <summary>Is a digit an 8? In training one row of a hundred is, in the test a tenth.</summary>
    public static TaskRows Rare(int seed)
    {
        var digits = Digits(seed);
        var train = digits.Train.X.Zip(digits.Train.Y, (x, y) => (x, Y: y == 8 ? 1f : 0)).ToList();
        var noes = train.Where(row => row.Y == 0).ToList();
        var rows = noes.Concat(train.Where(row => row.Y == 1).Take(noes.Count / 99)).ToList();
        return new TaskRows(
            Goal.Rare,
            0,
            new([.. rows.Select(row => row.x)], [.. rows.Select(row => row.Y)]),
            digits.Test with { Y = [.. digits.Test.Y.Select(y => y == 8 ? 1f : 0)] });
    }

    /// <summary>Progression of diabetes, features and target as they were taken down.</summary>
    public static TaskRows Diabetes(int seed)
    {
        var (x, y) = Read("diabetes.csv");
        return Split(Goal.Number, 0, x, y, seed);
    }

    /// <summary>Friedman's first function of ten uniform features (Friedman 1991), five of which matter; training targets with noise, test targets without.</summary>
    public static TaskRows Friedman(int seed, Func<Random, double> noise)
    {
        var random = new Random(1000 + seed);
        var x = Enumerable.Range(0, 2 * Made).Select(_ => Enumerable.Range(0, 10).Select(_ => (float)random.NextDouble()).ToArray()).ToArray();
        var truth = x.Select(row => (float)((10 * Math.Sin(Math.PI * row[0] * row[1])) + (20 * Math.Pow(row[2] - 0.5, 2)) + (10 * row[3]) + (5 * row[4]))).ToArray();
        var seen = truth.Take(Made).Select(y => (float)(y + noise(random))).ToArray();
        return new TaskRows(Goal.Number, 0, new(x[..Made], seen), new(x[Made..], truth[Made..]));
    }

    private static TaskRows Split(Goal goal, int classes, float[][] x, float[] y, int seed)
    {
        var order = Enumerable.Range(0, x.Length).ToArray();
        new Random(seed).Shuffle(order);
        var test = (int)(x.Length * TestShare);
        return new TaskRows(goal, classes, Take(order[test..]), Take(order[..test]));

        TaskRows.Part Take(int[] rows) => new([.. rows.Select(row => x[row])], [.. rows.Select(row => y[row])]);
    }

    private static (float[][] X, float[] Y) Read(string file)
    {
        var rows = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Data", file)).Skip(1)
            .Select(line => line.Split(',').Select(value => float.Parse(value, CultureInfo.InvariantCulture)).ToArray()).ToList();
        return ([.. rows.Select(row => row[..^1])], [.. rows.Select(row => row[^1])]);
    }
}
