using Microsoft.ML;

namespace MLNet.GradStability.Tests.Sweeps;

/// <summary>The sweep of <see cref="KilledSweepTests"/>, which another process may run.</summary>
internal static class KilledSweep
{
    public const string Argument = "sweep-with-the-journal";
    public const int Trials = 14;

    /// <summary>Prints a line a trial that ended in this process, then what the sweep came to.</summary>
    public static void Print(string journal) => Console.WriteLine(string.Join("; ", Run(journal, number => Console.WriteLine($"trial {number}"))));

    public static string[] Run(string? journal, Action<int>? ended = null)
    {
        var seen = new HashSet<int>();
        var sweep = RingsSweep.Of(new MLContext(1));
        using var result = sweep.With(Tuner.Tpe(startup: 4), Trials, cores: 2, journal: journal, progress: new Receiver<SweepProgress<NeuralNetworkOptions>>(progress =>
        {
            foreach (var trial in progress.Ended.Where(trial => seen.Add(trial.Number)))
            {
                ended?.Invoke(trial.Number);
            }
        })).Run();
        return result.Facts();
    }
}
