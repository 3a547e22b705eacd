using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability.Cli.Tests;

/// <summary><c>gradstab train</c> and <c>predict</c> on a file as people have them.</summary>
public sealed class TrainTests(Shop shop) : IClassFixture<Shop>
{
    [Fact]
    public void What_was_inferred_is_said_and_what_came_out_is_written()
    {
        var training = shop.Training.Exits(0);
        training.Says(
            "240 rows, 6 columns, separated by semicolon, with a header, decimal commas",
            "multiclass classification of \"bought\": it holds 3 distinct texts; --task says otherwise. The classes are coat, hat, shoes",
            "left out 1 column of more than 100 distinct texts, which --features takes in: note",
            "learning from 2 columns of numbers and 1 column of texts, as categories (town)",
            "6 missing numbers will be replaced by the median of the column",
            "3 rows without a label left out",
            "epoch 40/40");
        Assert.Contains("Completed: all 40 epochs were trained.", training.Output, StringComparison.Ordinal);
        Assert.Contains("| actual \\ predicted | coat | hat | shoes |", training.Output, StringComparison.Ordinal);
        Assert.Contains("diagnosis: ", training.Output, StringComparison.Ordinal);
        Assert.Contains("model: shop.zip", training.Output, StringComparison.Ordinal);
        var accuracy = training.Output.Split('\n').Single(line => line.StartsWith("  accuracy", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        Assert.InRange(double.Parse(accuracy, CultureInfo.InvariantCulture), 0.85, 1);
    }

    [Fact]
    public void Predictions_are_those_of_the_model_in_plain_MLNet()
    {
        var predicted = Gradstab.Run(shop.Folder, "predict", "shop.zip", "shop.csv", "--keep", "customer,town").Exits(0);
        predicted.Says("columns the model does not use: customer, note", "240 rows predicted");
        var lines = predicted.Output.TrimEnd('\n').Split('\n');
        Assert.Equal("customer,town,PredictedLabel,Score.coat,Score.hat,Score.shoes", lines[0]);
        Assert.Equal(Shop.Rows + 1, lines.Length);

        var ml = new MLContext(seed: 1);
        var model = ml.Model.LoadSafely(shop.Model, out var inputs);
        Assert.Equal(["age", "spent", "town"], inputs.Select(input => input.Name).Order());
        var rows = shop.Inputs(ml);
        var scored = model.Transform(rows);
        var expected = scored.GetColumn<string>("PredictedLabel").Zip(scored.GetColumn<float[]>("Score"), rows.GetColumn<string>("town"))
            .Select((row, i) => string.Join(',', [(i + 1).ToString(CultureInfo.InvariantCulture), row.Third, row.First, .. row.Second.Select(score => score.ToString(CultureInfo.InvariantCulture))]));
        Assert.Equal(expected, lines.Skip(1));

        using var engine = ml.Model.CreatePredictionEngine<Customer, Purchase>(model);
        Assert.Equal("shoes", engine.Predict(new Customer { Age = 20, Town = "Köln", Spent = 10 }).PredictedLabel);
        Assert.Equal("hat", engine.Predict(new Customer { Age = 75, Town = "Ulm", Spent = 10 }).PredictedLabel);
    }

    [Fact]
    public void Predictions_go_to_a_file_and_a_column_that_is_missing_is_named()
    {
        File.WriteAllText(shop.File("few.csv"), "age,Town,spent\n30,Ulm,1.5\n");
        Gradstab.Run(shop.Folder, "predict", "shop.zip", "few.csv").Exits(2).Says(
            "\"few.csv\" must have the columns the model was trained on; it lacks town; did you mean \"Town\"? It has age, Town, spent");

        File.WriteAllText(shop.File("few.csv"), "extra,spent,age,town\n1,1.5,30,Ulm\n2,,70,nowhere\n");
        var predicted = Gradstab.Run(shop.Folder, "predict", "shop.zip", "few.csv", "--out", "predictions.csv", "--quiet").Exits(0);
        Assert.Equal((string.Empty, string.Empty), (predicted.Output, predicted.Errors));
        var lines = File.ReadAllLines(shop.File("predictions.csv"));
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("shoes,", lines[1], StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_seed_gives_the_same_model_and_stdout_holds_results_alone()
    {
        string[] arguments = ["train", "shop.csv", "--label", "spent", "--task", "auto", "--features", "age,town", "--network", "mlp:8", "--epochs", "2", "--threads", "1", "--quiet", "--out"];
        var first = Gradstab.Run(shop.Folder, [.. arguments, "a.zip"]).Exits(0);
        Gradstab.Run(shop.Folder, [.. arguments, "b.zip"]).Exits(0);

        Assert.Empty(first.Errors);
        Assert.Contains("  RMSE ", first.Output, StringComparison.Ordinal);
        Assert.Equal(Scores("a.zip"), Scores("b.zip"));
    }

    private float[] Scores(string model)
    {
        var ml = new MLContext(seed: 1);
        var rows = ml.Data.LoadFromEnumerable(Enumerable.Range(20, 50).Select(age => new Customer { Age = age, Town = "Ulm" }));
        return [.. ml.Model.LoadSafely(shop.File(model), out _).Transform(rows).GetColumn<float>("Score")];
    }

    private sealed class Customer
    {
        [ColumnName("age")]
        public float Age { get; set; }

        [ColumnName("town")]
        public string Town { get; set; } = string.Empty;

        [ColumnName("spent")]
        public float Spent { get; set; }
    }

    private sealed class Purchase
    {
        public string PredictedLabel { get; set; } = string.Empty;
    }
}
