namespace MLNet.GradStability;

/// <summary>Computes <see cref="OptionImportance"/>.</summary>
internal static class Importances
{
    private const int MostGroups = 5;

    // Smaller groups say nothing of a spread within.
    private const int FewestInGroup = 2;

    /// <param name="parameters">The parameters.</param>
    /// <param name="trials">The point and metric of each completed trial.</param>
    /// <returns>The greatest share first.</returns>
    public static IReadOnlyList<OptionImportance> Of(IReadOnlyList<SweepParameter> parameters, IReadOnlyList<(TrialPoint Point, double Metric)> trials)
    {
        var ranks = Ranks([.. trials.Select(trial => trial.Metric)]);
        return
        [
            .. parameters
                .Select((parameter, i) => new OptionImportance(
                    parameter, trials.Count < OptionImportance.FewestTrials ? double.NaN : Share(Groups(parameter, [.. trials.Select(trial => trial.Point[i])]), ranks)))
                .OrderByDescending(importance => importance.Share),
        ];
    }

    /// <summary>The share of the variance of numbers that lies between groups, corrected for chance.</summary>
    internal static double Share(int[] groups, double[] numbers)
    {
        var mean = numbers.Average();
        var total = numbers.Sum(number => (number - mean) * (number - mean));
        var within = groups.Zip(numbers).GroupBy(pair => pair.First, pair => pair.Second).Sum(group =>
        {
            var middle = group.Average();
            return group.Sum(number => (number - middle) * (number - middle));
        });
        var (n, k) = (numbers.Length, groups.Distinct().Count());
        return total == 0 || n <= k ? 0 : Math.Max(0, 1 - (within / total * (n - 1) / (n - k)));
    }

    /// <summary>Ranks from 1; equal numbers share the mean of theirs.</summary>
    internal static double[] Ranks(double[] numbers)
    {
        var order = Enumerable.Range(0, numbers.Length).OrderBy(i => numbers[i]).ToArray();
        var ranks = new double[numbers.Length];
        for (int from = 0, to; from < order.Length; from = to)
        {
            for (to = from; to < order.Length && numbers[order[to]] == numbers[order[from]]; to++)
            {
            }

            for (var i = from; i < to; i++)
            {
                ranks[order[i]] = (from + 1 + to) / 2.0;
            }
        }

        return ranks;
    }

    private static int[] Groups(SweepParameter parameter, double?[] values)
    {
        const int Absent = -1;
        if (parameter.Scale == SweepScale.Choice)
        {
            return [.. values.Select(value => (int?)value ?? Absent)];
        }

        var present = values.OfType<double>().ToArray();
        var groups = Math.Clamp(present.Length / FewestInGroup, 1, MostGroups);
        var ranks = Ranks(present);
        var next = 0;
        return [.. values.Select(value => value is null ? Absent : (int)Math.Min(groups - 1, (ranks[next++] - 0.5) * groups / present.Length))];
    }
}
