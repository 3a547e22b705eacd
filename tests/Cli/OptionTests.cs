using System.Text.Json.Nodes;
using Microsoft.ML;

namespace MLNet.GradStability.Cli.Tests;

/// <summary>That each option reaches the training, and what <c>inspect</c> tells of it.</summary>
public sealed class OptionTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gradstab");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Every_option_reaches_the_training()
    {
        var training = Gradstab.Type(_folder.FullName, $"""
            train "{Data("breast_cancer.csv")}" --label malignant --positive 0 --weight mean_area --ignore error_* --network mlp:16,16 --activation leaky-relu:0.1
            --dropout 0.05 --normalization group:4 --init he:0.1 --clip agc@hidden0*+1 --optimizer rmsprop:alpha=0.9 --rate 0.002 --schedule cosine:final=1e-5,warmup=5
            --averaging ema:0.9 --scaling standardize:8 --label-smoothing 0.05 --epochs 3 --batch 64 --l1 1e-5 --l2 1e-4 --seed 7 --validation 0.2
            --early-stopping 2 --checkpoints here --test-fraction 0.3 --threads 1 --quiet --out cancer.zip --report cancer.html
            """.Replace('\n', ' ')).Exits(0);
        Assert.Contains("held-out rows: 1", training.Output, StringComparison.Ordinal);
        Assert.Contains("held-out rows", File.ReadAllText(Path.Combine(_folder.FullName, "cancer.html")), StringComparison.Ordinal);
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(_folder.FullName, "here"), "*", SearchOption.AllDirectories));

        var inspected = JsonNode.Parse(Gradstab.Run(_folder.FullName, "inspect", "cancer.zip", "--json").Exits(0).Output)!;
        Assert.Equal("binary", (string?)inspected["task"]);
        Assert.Equal("malignant", (string?)inspected["label"]);
        Assert.Equal("1,0", string.Join(',', inspected["classes"]!.AsArray()));
        Assert.Equal(19, (int?)inspected["features"]);
        Assert.Equal(19, inspected["inputs"]!.AsArray().Count);
        var expected = new NeuralNetworkOptions
        {
            LabelColumnName = "Label",
            FeatureColumnName = "Features",
            ExampleWeightColumnName = "mean_area",
            Network = Network.Mlp([16, 16], Activation.LeakyRelu(0.1), 0.05, Normalization.Group(4)),
            Initializer = Initializer.HeNormal(0.1),
            Gradients = GradientTransform.Adaptive().Where("hidden0*").Then(GradientTransform.ClipByGlobalNorm(1)),
            Optimizer = Optimizer.RmsProp(Schedule.Cosine(0.002, 1e-5).WithWarmup(5), 0.9),
            Averaging = WeightAveraging.Ema(0.9),
            InputScaling = InputScaling.Standardize(8),
            LabelSmoothing = 0.05,
            Epochs = 3,
            BatchSize = 64,
            Regularizer = Regularizer.ElasticNet(1e-5, 1e-4),
            Seed = 7,
            ValidationFraction = 0.2,
            EarlyStopping = new(patience: 2),
        };
        Assert.Equal(JsonNode.Parse(Descriptions.ToJson(expected))!.ToJsonString(), inspected["options"]!.ToJsonString());

        var lines = Gradstab.Run(_folder.FullName, "predict", "cancer.zip", Data("breast_cancer.csv")).Exits(0).Output.Split('\n');
        Assert.Equal("PredictedLabel,Probability,Score", lines[0]);
        Assert.All(lines[1..^1], line => Assert.True(line[0] is '0' or '1', line));
    }

    [Fact]
    public void A_model_of_other_programs_is_inspected_too()
    {
        var ml = new MLContext(seed: 1);
        var rows = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 40).Select(i => new Line { X = i, Y = 2 * i }));
        var options = new NeuralNetworkOptions { LabelColumnName = "Y", FeatureColumnName = "X2", Network = Network.Mlp([4]), Epochs = 1 };
        var model = ml.Transforms.Concatenate("X2", "X").Append(ml.Regression.Trainers.NeuralNetwork(options)).Fit(rows);
        ml.Model.SaveSafely(model, rows.Schema, Path.Combine(_folder.FullName, "line.zip"));

        var text = Gradstab.Run(_folder.FullName, "inspect", "line.zip").Exits(0).Output;

        Assert.Contains("task:       regression\n", text, StringComparison.Ordinal);
        Assert.Contains("inputs:     X (Single), Y (Single)", text, StringComparison.Ordinal);
        Assert.Contains("scaling:    robust (limit 3)", text, StringComparison.Ordinal);
        Assert.Contains("hidden0", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_learning_rate_is_found_and_its_curve_drawn()
    {
        var found = Gradstab.Type(_folder.FullName, $"lr-find \"{Data("iris.csv")}\" --label species --network mlp:16 --threads 1 --steps 60 --out curve.svg").Exits(0);

        Assert.Matches(@"suggested rate: \S+ \(the loss is lowest at \S+; beyond it training gets worse\)", found.Output);
        Assert.Contains("●", found.Output, StringComparison.Ordinal);
        Assert.Contains("<svg", File.ReadAllText(Path.Combine(_folder.FullName, "curve.svg")), StringComparison.Ordinal);
    }

    private static string Data(string name) => Path.Combine(AppContext.BaseDirectory, "Data", name);

    private sealed class Line
    {
        public float X { get; set; }

        public float Y { get; set; }
    }
}
