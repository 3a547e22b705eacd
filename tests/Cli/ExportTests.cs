using Microsoft.ML;
using MLNet.GradStability.Tests.Onnx;

namespace MLNet.GradStability.Cli.Tests;

/// <summary><c>gradstab export</c>, and what onnxruntime makes of it.</summary>
public sealed class ExportTests(Shop shop) : IClassFixture<Shop>
{
    [OnnxFact]
    public void The_exported_model_scores_the_columns_of_the_file()
    {
        shop.Training.Exits(0);
        Gradstab.Run(shop.Folder, "export", "shop.zip", "--out", "shop.onnx").Exits(0).Says("written to shop.onnx");

        var ml = new MLContext(seed: 1);
        var model = ml.Model.LoadSafely(shop.Model, out _);
        var rows = shop.Inputs(ml);
        using var session = OnnxSession.Of(stream => stream.Write(File.ReadAllBytes(Path.Combine(shop.Folder, "shop.onnx"))));
        Assert.Equal(["age", "spent", "town"], session.Inputs.Keys.Order());
        Assert.Equal("""["coat","hat","shoes"]""", session.Notes["labels"]);

        var found = session.Run(Shop.Rows, Columns.Inputs(rows, session.Inputs.Keys))["Score"].Values;
        var expected = Columns.Read(model.Transform(rows), "Score").Values;
        Assert.Equal(expected.Length, found.Length);
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    [Fact]
    public void What_cannot_be_exported_is_said()
    {
        shop.Training.Exits(0);
        Gradstab.Run(shop.Folder, "export", "shop.zip").Exits(2).Says("--out");
        Gradstab.Run(shop.Folder, "export", "shop.zip", "--out", "nowhere/shop.onnx").Exits(2).Says("--out must name a file in a folder that exists");
        Gradstab.Run(shop.Folder, "export", "shop.csv", "--out", "shop.onnx").Exits(1).Says("shop.csv");
    }
}
