namespace MLNet.GradStability;

/// <summary>The top of a training report: the verdict with its remedy, how the run ended, and the key figures.</summary>
/// <param name="result">What happened.</param>
/// <param name="parameters">Trained numbers in the network; null when unknown.</param>
internal sealed class VerdictHeader(TrainingResult result, long? parameters)
{
    public void Write(Markup markup)
    {
        var isBad = result.StopReason.Kind == StopKind.Diverged || result.Diagnosis is { Kind: not DiagnosisKind.Healthy };
        markup.Open("div", ("class", isBad ? "card verdict bad" : "card verdict"), ("role", "region"), ("aria-label", "Verdict"));
        if (result.Diagnosis is { } diagnosis)
        {
            Verdict(markup, diagnosis);
        }

        markup.Element("p", result.StopReason.Sentence);
        markup.Close().Line();
        Tile.Write(markup, Tiles());
    }

    private static void Verdict(Markup markup, Diagnosis diagnosis)
    {
        var isHealthy = diagnosis.Kind == DiagnosisKind.Healthy;
        markup.Open("h2").Element("span", isHealthy ? "✓ " : "⚠ ", ("class", "kind"), ("aria-hidden", "true")).Element("span", SpacedName.Of($"{diagnosis.Kind}"), ("class", "kind")).Close();
        markup.Element("p", diagnosis.Sentence);
        Evidence(markup, diagnosis);
        if (!isHealthy)
        {
            markup.Open("p").Element("strong", "What to do: ").Text(diagnosis.Remedy).Close();
            markup.Open("div", ("class", "code")).Element("pre", diagnosis.Code, ("data-remedy", $"{diagnosis.Kind}")).Close();
        }

        foreach (var other in diagnosis.Others)
        {
            markup.Open("details").Element("summary", $"Also: {other.Sentence}");
            Evidence(markup, other);
            markup.Element("p", other.Remedy).Open("div", ("class", "code")).Element("pre", other.Code).Close().Close();
        }
    }

    private static void Evidence(Markup markup, Diagnosis diagnosis)
    {
        if (diagnosis.Evidence.Count == 0)
        {
            return;
        }

        markup.Open("ul");
        foreach (var line in diagnosis.Evidence)
        {
            markup.Element("li", line);
        }

        markup.Close();
    }

    private IEnumerable<Tile> Tiles()
    {
        var last = result.Epochs.Count > 0 ? result.Epochs[^1] : null;
        if (result.FinalValidation is { } validation)
        {
            yield return new Tile($"validation {result.MetricName}", Figures.Number(validation.Metric), "of the returned network");
            yield return new Tile("validation loss", Figures.Number(validation.Loss), Before(result.InitialValidation));
        }

        if (last is not null)
        {
            yield return new Tile($"training {result.MetricName}", Figures.Number(last.Metric), "in the last epoch");
            yield return new Tile("training loss", Figures.Number(last.Loss), Before(result.InitialTraining));
        }

        yield return new Tile("epochs", Figures.Count(result.Epochs.Count), $"{Figures.Count(result.Steps)} steps");
        yield return new Tile("time", Figures.Time(result.Duration), result.Steps > 0 ? $"{Figures.Number(result.Duration.TotalMilliseconds / result.Steps)} ms a step" : null);
        yield return new Tile("skipped steps", Figures.Count(result.SkippedSteps), result.RollBacks == 1 ? "1 roll-back" : $"{Figures.Count(result.RollBacks)} roll-backs");
        yield return new Tile("rows", Figures.Count(result.Rows), result.Data is { ValidationRows: > 0 } data ? $"and {Figures.Count(data.ValidationRows)} for validation" : null);
        if (parameters is { } count)
        {
            yield return new Tile("parameters", Figures.Count(count));
        }
    }

    private static string? Before(Evaluation? initial) => initial is null ? null : $"{Figures.Number(initial.Loss)} before the first step";
}
