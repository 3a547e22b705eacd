using System.Diagnostics;
using Microsoft.ML;
using static TorchSharp.torch;

namespace MLNet.GradStability.Benchmarks.Distributed;

/// <summary>What one job measured, as its first rank tells it.</summary>
/// <param name="Ranks">Its processes, of one thread each.</param>
/// <param name="Nets">The trainings.</param>
/// <param name="Sums">All-reduces by themselves.</param>
internal sealed record RankMeasurements(int Ranks, IReadOnlyList<NetMeasurement> Nets, IReadOnlyList<SumMeasurement> Sums)
{
    private const int Classes = 10;
    private const int StepsPerEpoch = 16;

    // A training of a small net takes as many epochs as make it some seconds long: what a process compiles on the way must not count.
    private static readonly (int Features, int[] Hidden, int Epochs)[] Sizes = [(64, [128, 64], 60), (256, [512, 256], 12), (784, [1024, 1024], 3), (784, [2048, 2048, 2048], 1)];

    /// <summary>Measures in this process, one of the ranks.</summary>
    /// <param name="turns">Trainings of each net, and sums of each size; the first of them is not counted.</param>
    /// <param name="batch">Rows of a batch over all ranks.</param>
    public static RankMeasurements Measure(int turns, int batch)
    {
        set_num_threads(1);
        var ranks = MpiProcess.Join();
        var nets = Sizes.Select(size => Train(turns, batch, size.Features, size.Hidden, size.Epochs)).ToList();
        return new RankMeasurements(ranks.Count, nets, [.. nets.Select(net => Sum(ranks, turns, (int)net.Parameters))]);
    }

    private static NetMeasurement Train(int turns, int batch, int features, int[] hidden, int epochs)
    {
        var ml = new MLContext(1);
        var data = RandomRows.Create(ml, batch * StepsPerEpoch, features, Classes);
        var (times, shares, parameters) = (new List<double>(), new List<double>(), 0L);
        for (var turn = 0; turn < turns; turn++)
        {
            using var model = ml.MulticlassClassification.Trainers.NeuralNetwork(new()
            {
                Network = Network.Mlp(hidden),
                BatchSize = batch,
                Epochs = epochs,
                Seed = 1,
                Distribution = DataParallel.Mpi(),
            }).Fit(data);
            var training = model.Model.Training!;
            parameters = model.Model.ParameterCount;
            if (turn > 0)
            {
                times.Add(training.Epochs.Sum(epoch => epoch.Duration.TotalMilliseconds) / training.Steps);
                shares.Add(training.Communication / training.Duration);
            }
        }

        return new NetMeasurement(string.Join('-', [features, .. hidden, Classes]), parameters, times.Median(), shares.Median());
    }

    private static SumMeasurement Sum(MpiProcess ranks, int turns, int numbers)
    {
        var gradient = new float[numbers];
        var times = new List<double>();
        for (var turn = 0; turn < 10 * turns; turn++)
        {
            ranks.Barrier();
            var watch = Stopwatch.StartNew();
            ranks.Sum(gradient);
            if (turn >= 10)
            {
                times.Add(watch.Elapsed.TotalMilliseconds);
            }
        }

        return new SumMeasurement(numbers, times.Median());
    }
}

/// <summary>The training of one net.</summary>
/// <param name="Name">Its widths.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Milliseconds">Of a step, the median of the trainings.</param>
/// <param name="Share">The part of the training spent in sums over the ranks, waiting included.</param>
internal sealed record NetMeasurement(string Name, long Parameters, double Milliseconds, double Share);

/// <summary>An all-reduce that all ranks begin at once.</summary>
/// <param name="Numbers">Numbers of Float32.</param>
/// <param name="Milliseconds">The median.</param>
internal sealed record SumMeasurement(long Numbers, double Milliseconds);
