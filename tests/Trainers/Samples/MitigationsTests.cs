using Microsoft.ML;
using Samples.Mitigations;
using Xunit.Abstractions;

namespace MLNet.GradStability.Tests;

/// <summary>The comparison of samples/Mitigations in a small form.</summary>
[Trait("Row", "R12")]
public class MitigationsTests(ITestOutputHelper output)
{
    private static readonly Setup Small = new() { Depth = 12, Width = 32, Epochs = 2, Initializer = Initializer.Normal(0.5) };

    [Fact]
    public void Each_mitigation_is_one_switch()
    {
        var off = Small.ToOptions(1, new(), new());
        var on = Mitigation.All.ToDictionary(mitigation => mitigation.Name, mitigation => mitigation.Apply(Small).ToOptions(1, new(), new()));

        Assert.Equal(Initializer.HeNormal(), on["He init"].Initializer);
        Assert.Equal(Regularizer.L2(1e-4), on["L2 1e-4"].Regularizer);
        Assert.Equal(Optimizer.Sgd(0.05, momentum: 0.9), on["momentum 0.9"].Optimizer);
        Assert.Equal(Activation.LeakyRelu(0.1), on["leaky ReLU 0.1"].Network.Activation);
        Assert.Equal(Network.Mlp([.. Enumerable.Repeat(32, 12)], dropout: 0.1), on["dropout 0.1"].Network);
        Assert.Equal(Network.Mlp([.. Enumerable.Repeat(32, 12)], normalization: Normalization.Batch()), on["batch norm"].Network);
        Assert.Contains("clip-by-global-norm", Descriptions.ToJson(on["clip norm at 1"].Gradients), StringComparison.Ordinal);
        Assert.DoesNotContain("clip-by-global-norm", Descriptions.ToJson(off.Gradients), StringComparison.Ordinal);
        Assert.All(on, option => Assert.NotEqual(Descriptions.ToJson(off), Descriptions.ToJson(option.Value)));
    }

    [Fact]
    public void They_are_compared_side_by_side_on_one_data_set()
    {
        var (train, test) = Digits();
        var done = 0;

        var comparison = Comparison.Of(Small, Mitigation.All, train, test, [1], () => done++);

        foreach (var entry in comparison.Entries)
        {
            output.WriteLine(FormattableString.Invariant($"{entry.Name}: {entry.Alone}, gain {comparison.Gain(entry):F3}, missed {comparison.Loss(entry):F3}"));
        }

        Assert.Equal(2 + (2 * Mitigation.All.Count), done);
        Assert.Equal(Mitigation.All.Select(mitigation => mitigation.Name), comparison.Entries.Select(entry => entry.Name));
        var clip = comparison.Entries.Single(entry => entry.Name == "clip norm at 1").Alone;
        Assert.Equal(1, comparison.None.Diverged);
        Assert.Equal(0, clip.Diverged);
        Assert.True(clip.Before > 10 && clip.After <= 1.0001);
        Assert.Equal(comparison.None.Before, comparison.None.After);
        Assert.True(comparison.Gain(comparison.Best) > 0.1);
        Assert.Equal(comparison.Best, comparison.Entries.MaxBy(entry => entry.Alone.Accuracy));
    }

    [Fact]
    public void The_same_seeds_give_the_same_numbers()
    {
        var (train, test) = Digits();
        var setup = Small with { Initializer = Initializer.HeNormal(), Dropout = 0.1 };

        Assert.Equal(Trial.Of(setup, train, test, [1, 2]), Trial.Of(setup, train, test, [1, 2]));
    }

    private static (IDataView Train, IDataView Test) Digits()
    {
        var ml = new MLContext(seed: 1);
        var rows = ml.Data.LoadFromTextFile<Digit>(Path.Combine(AppContext.BaseDirectory, "Data", "digits.csv"), separatorChar: ',', hasHeader: true);
        var preparation = ml.Transforms.Conversion.MapValueToKey("Label").Append(ml.Transforms.NormalizeMinMax("Features", nameof(Digit.Pixels)));
        var split = ml.Data.TrainTestSplit(ml.Data.Cache(preparation.Fit(rows).Transform(rows)), testFraction: 0.2);
        return (ml.Data.Cache(split.TrainSet), ml.Data.Cache(split.TestSet));
    }
}
