namespace MLNet.GradStability;

/// <summary>The layers of a network over a training: gradients, updates, dead units.</summary>
internal static class LayerCharts
{
    private static readonly Axis Step = new("step") { IsWhole = true };

    public static ChartSection Of(TrainingResult result) => new(
        "Layers",
        "Layers stand in the order in which the network registers them, as a rule from input to output. In a healthy network gradients of all layers are of about one size, and an update moves a layer by about a thousandth of its size.",
        [
            Heat(result, "Gradient norm by layer", "Norm of each layer's gradient before clipping; the scale is logarithmic.", "gradient norm", ScaleKind.Log, layer => layer.GradientNorm),
            Heat(result, "Update ratio by layer", "How far a step moves a layer, against its size; about 1e-3 is usual. The scale is logarithmic.", "‖Δw‖/‖w‖", ScaleKind.Log, layer => layer.UpdateRatio),
            Heat(result, "Output deviation by layer", "Standard deviation of each layer's outputs over the batch: signals that shrink or grow through the layers show here.", "deviation", ScaleKind.Log, layer => layer.ActivationDeviation),
            Dead(result),
        ]);

    private static HeatMap Heat(TrainingResult result, string title, string description, string name, ScaleKind scale, Func<LayerSample, double> value)
    {
        var layers = result.Samples.Count == 0 ? [] : result.Samples[0].Layers.Select(layer => layer.Layer).ToList();
        return new HeatMap
        {
            Title = title,
            Description = description,
            X = Step,
            Colour = new Axis(name, scale),
            Columns = [.. result.Samples.Select(sample => (double)sample.Step + 1)],
            Rows = [.. layers.Select((layer, i) => new HeatRow(layer, [.. result.Samples.Select(sample => value(sample.Layers[i]))])).Where(row => row.Values.Any(double.IsFinite))],
        };
    }

    private static BarChart Dead(TrainingResult result)
    {
        var samples = result.Samples.Count == 0 ? [] : result.Samples[^1].Layers.Select((layer, i) => (Layer: layer, All: result.Samples.Select(sample => sample.Layers[i].DeadShare).Where(double.IsFinite).ToList()));
        return new BarChart
        {
            Title = "Dead units by layer",
            Description = "Share of each activation layer's units that no longer answered to the input, at the last look.",
            Value = new Axis("dead units") { From = 0, To = 1 },
            Format = Figures.Percent,
            Bars =
            [
                .. samples.Where(pair => pair.All.Count > 0).Select(pair => new Bar(
                    pair.Layer.Layer,
                    pair.Layer.DeadShare,
                    $"{pair.Layer.Layer}\n{Figures.Percent(pair.Layer.DeadShare)} at the last look\n{Figures.Percent(pair.All.Max())} at most")),
            ],
        };
    }
}
