using System.Globalization;
using Microsoft.ML;
using Samples.Sequences;

namespace MLNet.GradStability.Tests;

/// <summary>What samples/Sequences does, on shorter sequences and fewer epochs.</summary>
public class SequencesTests
{
    [Fact]
    public void Two_steps_of_a_sequence_are_marked_one_in_each_half_and_their_numbers_add_up()
    {
        var ml = new MLContext(seed: 1);
        var rows = ml.Data.CreateEnumerable<Sequence>(AddingProblem.Draw(ml, 20, 50, seed: 1), reuseRowObject: false).ToList();

        Assert.All(rows, row =>
        {
            var marked = Enumerable.Range(0, 20).Where(step => row.Features[(2 * step) + 1] != 0).ToArray();
            Assert.Equal(2, marked.Length);
            Assert.True(marked[0] < 10 && marked[1] >= 10);
            Assert.Equal(row.Features[2 * marked[0]] + row.Features[2 * marked[1]], row.Label);
        });
    }

    [Fact]
    public void An_lstm_learns_to_add()
    {
        var options = new NeuralNetworkOptions { Optimizer = Optimizer.AdamW(Schedule.WarmupCosine(1e-2, 20)), Epochs = 15, Seed = 1 };

        Assert.True(Adding.Mse(new(1), RecurrentCell.Lstm, steps: 8, rows: 1000, options) < AddingProblem.MseOfMean / 4);
    }

    [Fact]
    public void Sunspots_are_forecast_better_than_by_the_year_before()
    {
        var years = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Data", "sunspots.csv")).Skip(1).Select(line => line.Split(','))
            .Select(row => new Year { Number = float.Parse(row[0], CultureInfo.InvariantCulture), Sunspots = float.Parse(row[1], CultureInfo.InvariantCulture) }).ToList();

        var (model, forecasts) = Sunspots.Run(new(1), years, Sunspots.Options);

        ((IDisposable)model).Dispose();
        var (ours, persistence) = Sunspots.Errors(forecasts);
        Assert.Equal((1949, 2008), (forecasts[0].Number, forecasts[^1].Number));
        Assert.True(float.IsNaN(forecasts[^1].Next) && float.IsFinite(forecasts[^1].Forecast));
        Assert.True(ours < 0.85 * persistence, $"{ours} against {persistence}");
    }

    private sealed class Sequence
    {
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }
}
