namespace MLNet.GradStability;

/// <summary>The top of a sweep report: the best trial, how the sweep ended, and the key figures.</summary>
/// <param name="sweep">The sweep.</param>
internal sealed class SweepHeader(SweepFacts sweep)
{
    public void Write(Markup markup)
    {
        markup.Open("div", ("class", sweep.Best is null ? "card verdict bad" : "card verdict"), ("role", "region"), ("aria-label", "Result"));
        if (sweep.Best is { } best)
        {
            markup.Open("h2").Element("span", $"Best: trial {Figures.Count(best.Number)}, {sweep.Metric.Name} {Figures.Number(best.Metric)}", ("class", "kind")).Close();
            markup.Element("pre", string.Join('\n', best.Values.Select(value => $"{value.Parameter.Name}: {value.Text}")));
        }
        else
        {
            markup.Open("h2").Element("span", "No trial completed", ("class", "kind")).Close();
            markup.Element("p", sweep.Trials.MinBy(trial => trial.Number)?.Reason ?? "None was started.");
        }

        markup.Element("p", sweep.Ending).Close().Line();
        Tile.Write(markup, Tiles());
    }

    private IEnumerable<Tile> Tiles()
    {
        yield return new Tile("trials", Figures.Count(sweep.Trials.Count), $"{Figures.Count(sweep.Parameters.Count)} parameters");
        foreach (var group in sweep.Trials.GroupBy(trial => trial.State).OrderBy(group => group.Key))
        {
            yield return new Tile($"{group.Key}".ToLowerInvariant(), Figures.Count(group.Count()), group.Key == TrialState.Stopped ? "early, by the tuner" : null);
        }

        yield return new Tile("time", Figures.Time(sweep.Duration), "of this run");
        yield return new Tile("in trials", Figures.Time(sweep.Trials.Aggregate(TimeSpan.Zero, (sum, trial) => sum + trial.Duration)), "added up");
    }
}
