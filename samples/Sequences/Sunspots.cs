using Microsoft.ML;
using MLNet.GradStability;

namespace Samples.Sequences;

/// <summary>Sunspots of the next year, from those of the years before: a windowed series.</summary>
internal static class Sunspots
{
    /// <summary>Two cycles of about eleven years.</summary>
    public const int Window = 22;

    /// <summary>Years up to this one are trained on.</summary>
    public const int LastTrained = 1949;

    public static NeuralNetworkOptions Options { get; } = new()
    {
        LabelColumnName = nameof(YearForecast.Next),
        Network = Network.Recurrent(RecurrentCell.Gru, [Window, 1], hidden: 32),
        Optimizer = Optimizer.AdamW(Schedule.WarmupCosine(1e-2, 50), weightDecay: null),
        Seed = 1,
    };

    /// <summary>Trains on the years up to <see cref="LastTrained"/> and forecasts each later year from the years before it.</summary>
    public static (ITransformer Model, IReadOnlyList<YearForecast> Forecasts) Run(MLContext ml, IReadOnlyList<Year> years, NeuralNetworkOptions options)
    {
        var train = ml.Data.LoadFromEnumerable(years.Where(year => year.Number <= LastTrained).ToList());
        var model = ml.Transforms.SequenceWindow("Features", nameof(Year.Sunspots), Window, nameof(YearForecast.Next))
            .Append(ml.Regression.Trainers.NeuralNetwork(options))
            .Fit(train);

        // The first window to score ends at the last year trained on.
        var later = ml.Data.LoadFromEnumerable(years.Where(year => year.Number > LastTrained - Window).ToList());
        return (model, [.. ml.Data.CreateEnumerable<YearForecast>(model.Transform(later), reuseRowObject: false, ignoreMissingColumns: false)]);
    }

    /// <summary>Root mean squared error of the forecasts whose outcome is known, and of saying that the next year is like this one.</summary>
    public static (double Ours, double Persistence) Errors(IEnumerable<YearForecast> forecasts)
    {
        var known = forecasts.Where(year => float.IsFinite(year.Next)).ToList();
        return (Root(known.Average(year => Square(year.Next - year.Forecast))), Root(known.Average(year => Square(year.Next - year.Sunspots))));

        static double Square(double x) => x * x;
        static double Root(double x) => Math.Sqrt(x);
    }
}
