namespace MLNet.GradStability.Benchmarks.Hostile;

/// <summary>One measure for each goal, the same for this library and for the peer; NaN when a score is not finite.</summary>
internal static class Metrics
{
    /// <param name="goal">The goal.</param>
    /// <param name="labels">The labels; a class counts from 0.</param>
    /// <param name="scores">The network's outputs, row by row.</param>
    public static double Of(Goal goal, float[] labels, float[][] scores)
    {
        if (scores.Any(row => row.Any(score => !float.IsFinite(score))))
        {
            return double.NaN;
        }

        return goal switch
        {
            Goal.Class => labels.Zip(scores, (label, row) => Array.IndexOf(row, row.Max()) == (int)label ? 1.0 : 0).Average(),
            Goal.Rare => AveragePrecision(labels, [.. scores.Select(row => row[0])]),
            _ => Math.Max(-1, 1 - (labels.Zip(scores, (label, row) => Square(label - row[0])).Sum() / labels.Sum(label => Square(label - labels.Average())))),
        };
    }

    /// <summary>Mean over the yes rows of the precision at their score, ties counted as ranked below.</summary>
    private static double AveragePrecision(float[] labels, float[] scores)
    {
        var ranked = labels.Zip(scores).OrderByDescending(row => row.Second).ThenBy(row => row.First).ToList();
        var (found, sum) = (0, 0.0);
        for (var i = 0; i < ranked.Count; i++)
        {
            if (ranked[i].First > 0.5)
            {
                sum += ++found / (i + 1.0);
            }
        }

        return sum / found;
    }

    private static double Square(double x) => x * x;
}
