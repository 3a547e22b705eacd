using System.Reflection;
using Microsoft.ML;
using static TorchSharp.torch;

namespace MLNet.GradStability.Tests.Callbacks;

/// <summary>What every callback must keep to, over one table of all kinds.</summary>
[Collection(nameof(Alone))]
[Trait("Row", "R16")]
public sealed class CallbackContractTests : IDisposable
{
    private static readonly Dictionary<string, Func<string, Callback>> Kinds = new()
    {
        ["reduce-on-plateau"] = _ => Callback.ReduceOnPlateau(0.5, patience: 0, minDelta: 0.01, cooldown: 1, minScale: 0.1, Monitored.TrainingLoss, MonitorMode.Min),
        ["terminate-on-nan"] = _ => Callback.TerminateOnNaN(),
        ["csv"] = folder => Callback.Csv(Path.Combine(folder, "log", "training.csv")),
        ["tensorboard"] = folder => Callback.TensorBoard(Path.Combine(folder, "runs", "1"), everySteps: 3),
        ["on"] = folder => Callback.On((run, rows) => rows.Features.mul(run.Step), (run, step) => zeros(step.Step), (run, epoch) => zeros(epoch.Epoch), result => zeros(result.Steps)),
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("gradstability").FullName;

    public static TheoryData<string> All => [.. Kinds.Keys];

    public static TheoryData<string> Watching => [.. Kinds.Keys.Except(["reduce-on-plateau"])];

    public static TheoryData<string> InJson => [.. InCode()];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_table_holds_every_kind() => Assert.Equal(Kinds.Keys.Except(["on"]).Order(), InCode().Order());

    [Theory]
    [MemberData(nameof(InJson))]
    public void A_callback_survives_JSON(string kind)
    {
        var callback = Kinds[kind](_folder);
        var json = Descriptions.ToJson(callback);
        Assert.Contains($"\"kind\":\"{kind}\"", json, StringComparison.Ordinal);
        Assert.Equal(callback, Descriptions.FromJson<Callback>(json));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_callback_keeps_nothing_from_fit_to_fit(string kind)
    {
        var ml = new MLContext(1);
        var trainer = ml.MulticlassClassification.Trainers.NeuralNetwork(Runs.Options with { Callbacks = [Kinds[kind](_folder)], Epochs = 5 });
        using var first = trainer.Fit(Samples.RingsView(ml));
        using var second = trainer.Fit(Samples.RingsView(ml));
        Assert.Equal(first.Model.Training!.Epochs.Select(Numbers), second.Model.Training!.Epochs.Select(Numbers));
        Assert.Equal(Runs.Weights(first), Runs.Weights(second));

        static EpochRecord Numbers(EpochRecord epoch) => epoch with { Duration = TimeSpan.Zero };
    }

    [Theory]
    [MemberData(nameof(Watching))]
    public void A_callback_that_only_watches_changes_nothing(string kind)
    {
        using var watched = Runs.Fit(Kinds[kind](_folder));
        using var alone = Runs.Fit();
        Assert.Equal(Runs.Weights(alone), Runs.Weights(watched));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_callback_leaves_no_tensor_behind(string kind)
    {
        var counts = new List<long>();
        var counter = Callback.On(stepEnded: (_, _) => counts.Add(Live()));
        Runs.Fit(Runs.Options with { Callbacks = [Kinds[kind](_folder), counter], Epochs = 5 }).Dispose();
        Assert.Equal(50, counts.Count);
        Assert.Single(counts.Skip(Runs.StepsPerEpoch).Distinct());
    }

    internal static long Live()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return Tensor.TotalCount;
    }

    private static IEnumerable<string> InCode() => typeof(Callback).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(Callback)))
        .Select(type => type.GetCustomAttribute<DescriptionKindAttribute>()?.Name)
        .OfType<string>();
}
