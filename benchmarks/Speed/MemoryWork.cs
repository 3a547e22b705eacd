using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.ML;
using Microsoft.ML.Data;
using static TorchSharp.torch;

namespace MLNet.GradStability.Benchmarks.Speed;

/// <summary>Work that is done in a process of its own, because the most memory a process has held can only be asked of the process.</summary>
/// <param name="Rows">Rows, made one by one as they are read.</param>
/// <param name="Score">Whether a network that was trained on few rows scores them; otherwise one trains on them.</param>
/// <param name="Kept">Bytes for the rows of a training.</param>
internal sealed record MemoryWork([property: JsonPropertyName("rows")] int Rows, [property: JsonPropertyName("score")] bool Score, [property: JsonPropertyName("kept")] long Kept)
{
    public const string Argument = "memory-of";
    private const int Batch = 256;
    private const int FewRows = 1000;

    public static NetSpec Net { get; } = NetSpec.Mlp(50, 256, 128);

    /// <summary>Does the work in another process.</summary>
    /// <returns>MiB; NaN where the process cannot be started anew.</returns>
    public double Measured()
    {
        var assembly = Assembly.GetEntryAssembly()!.Location;
        if (!assembly.EndsWith("Benchmarks.dll", StringComparison.Ordinal) || !OperatingSystem.IsLinux())
        {
            return double.NaN;
        }

        return Output("dotnet", assembly, "speed", Argument, JsonSerializer.Serialize(this));
    }

    /// <summary>The same in Python; NaN where it cannot.</summary>
    public double MeasuredPeer() => Output(
        Peer.Python,
        Peer.PathOf("speed.py"),
        JsonSerializer.Serialize<object>(Score
            ? new { @do = "forward", net = Net, rows = Rows, batch = 1024 }
            : new { @do = "train", net = Net, batch = Batch, steps = 1, rows = Rows }));

    /// <summary>Does the work here.</summary>
    /// <returns>The most memory that this process has held, in MiB.</returns>
    public double Run()
    {
        set_num_threads(1);
        var ml = new MLContext(seed: 1);
        var data = View(ml, Rows);
        var options = Training.Options(Net, Batch) with { MaxDataMemory = Kept };
        using var model = ml.MulticlassClassification.Trainers.NeuralNetwork(options).Fit(Score ? View(ml, FewRows) : data);
        if (Score)
        {
            ScoringCase.Read(model.Transform(data));
        }

        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM", StringComparison.Ordinal));
        return double.Parse(line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }

    private static double Output(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? double.Parse(text, CultureInfo.InvariantCulture) : double.NaN;
    }

    private static IDataView View(MLContext ml, int rows)
    {
        var definition = SchemaDefinition.Create(typeof(Row));
        definition[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, Net.Features);
        definition[nameof(Row.Label)].ColumnType = new KeyDataViewType(typeof(uint), NetSpec.Classes);
        return ml.Data.LoadFromEnumerable(Rows(rows), definition);

        static IEnumerable<Row> Rows(int count)
        {
            var random = new Random(1);
            var row = new Row { Features = new float[Net.Features] };
            for (var i = 0; i < count; i++)
            {
                for (var j = 0; j < row.Features.Length; j++)
                {
                    row.Features[j] = random.NextSingle();
                }

                row.Label = (uint)random.Next(NetSpec.Classes);
                yield return row;
            }
        }
    }

    private sealed class Row
    {
        public float[] Features { get; set; } = [];

        public uint Label { get; set; }
    }
}
