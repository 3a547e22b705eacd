using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability.Tests.Stability;

/// <summary>Trainings that are well, and trainings built to be ill.</summary>
internal static class Illnesses
{
    private static readonly Lazy<IReadOnlyList<Digit>> LazyDigits = new(() =>
    {
        var ml = new MLContext(1);
        var data = ml.Transforms.Conversion.MapValueToKey("Label").Fit(Samples.Digits(ml)).Transform(Samples.Digits(ml));
        return [.. data.GetColumn<float[]>("Features").Zip(data.GetColumn<uint>("Label"), (features, label) => new Digit { Features = features, Label = label - 1 })];
    });

    /// <summary>The digits, 1797 of them with numbers from 0 to 16.</summary>
    public static IReadOnlyList<Digit> Digits => LazyDigits.Value;

    /// <summary>Options for the digits with the guard off: an illness is to run its course.</summary>
    public static NeuralNetworkOptions Bare(params int[] hidden) => new()
    {
        Network = Network.Mlp(hidden),
        InputScaling = InputScaling.Standardize(),
        LabelSmoothing = 0,
        Stability = null,
        Epochs = 5,
        Seed = 1,
        DiagnosisEvery = 20,
    };

    public static int[] Deep(int layers) => [.. Enumerable.Repeat(64, layers)];

    public static TrainingResult Train(NeuralNetworkOptions options, IEnumerable<Digit>? digits = null)
    {
        var ml = new MLContext(1);
        using var model = ml.MulticlassClassification.Trainers.NeuralNetwork(options).Fit(ml.Data.LoadFromEnumerable((digits ?? Digits).ToList()));
        return model.Model.Training!;
    }

    public static TrainingResult TrainRegression(NeuralNetworkOptions options, Func<int, float, float>? label = null, float scale = 1)
    {
        var ml = new MLContext(1);
        var rows = ml.Data.CreateEnumerable<Patient>(Samples.Diabetes(ml), reuseRowObject: false)
            .Select((row, i) => new Patient { Features = [.. row.Features.Select(x => scale * x)], Label = label?.Invoke(i, row.Label) ?? row.Label });
        using var model = ml.Regression.Trainers.NeuralNetwork(options).Fit(ml.Data.LoadFromEnumerable(rows.ToList()));
        return model.Model.Training!;
    }

    /// <summary>Some of the digits with their features changed.</summary>
    public static IEnumerable<Digit> With(Func<int, bool> chosen, Func<float, float> change) => Digits.Select((digit, i) => chosen(i)
        ? new Digit { Label = digit.Label, Features = [.. digit.Features.Select(change)] }
        : digit);

    internal sealed class Digit
    {
        [VectorType(64)]
        public float[] Features { get; set; } = [];

        [KeyType(10)]
        public uint Label { get; set; }
    }

    private sealed class Patient
    {
        [VectorType(10)]
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }
}
