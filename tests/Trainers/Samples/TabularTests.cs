using Microsoft.ML;
using Samples.Tabular;

namespace MLNet.GradStability.Tests;

/// <summary>What samples/Tabular does, on fewer epochs.</summary>
[Trait("Row", "R24")]
public class TabularTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void A_number_is_told_better_than_by_the_mean()
    {
        var (model, metrics, mean) = Regression.Run(_ml, _ml.Data.Cache(Samples.Diabetes(_ml)), new() { Epochs = 12 });

        ((IDisposable)model).Dispose();
        Assert.InRange(metrics.RootMeanSquaredError, 40, 0.9 * mean);
    }

    [Fact]
    public void Malignant_tumours_are_told_and_the_features_that_tell_them_named()
    {
        var rows = _ml.Data.Cache(Samples.BreastCancer(_ml));
        string[] names = [.. Enumerable.Range(0, 30).Select(i => $"feature{i}")];

        var folds = Binary.CrossValidate(_ml, rows, new() { Epochs = 10 }, 2);
        var (model, importance) = Binary.Importance(_ml, rows, new() { Epochs = 10 }, names);

        model.Dispose();
        Assert.Equal(2, folds.Count);
        Assert.All(folds, fold => Assert.InRange(fold.AreaUnderRocCurve, 0.97, 1));
        Assert.Equal(names.Order(), importance.Select(feature => feature.Feature).Order());
        Assert.Equal(importance.Select(feature => feature.Drop).OrderDescending(), importance.Select(feature => feature.Drop));
        Assert.True(importance[0].Drop > 0);
    }
}
