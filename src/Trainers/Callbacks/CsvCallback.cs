using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Callback.Csv"/>.</summary>
[DescriptionKind("csv")]
internal sealed record CsvCallback : Callback
{
    private const string Owner = "Callback.Csv";

    [JsonConstructor]
    public CsvCallback(string path) => Path = Require.Text(path, Owner, nameof(path), "Give one such as \"training.csv\".");

    public string Path { get; }

    internal override string Name => Owner;

    public override BoundCallback Bind(CallbackScope scope) => new Bound(Path, scope);

    private sealed class Bound : BoundCallback
    {
        private readonly AppendedFile _file;
        private readonly FileFailures _failures;

        public Bound(string path, CallbackScope scope)
        {
            _file = new AppendedFile(path);
            _failures = new FileFailures(Owner, path, scope.Log);
            Write(["epoch", "loss", scope.MetricName, "mean_gradient_norm", "max_gradient_norm", "learning_rate", "skipped_steps", "seconds"]);
        }

        public override void EpochEnded(RunControl run, EpochRecord epoch) => Write(
        [
            epoch.Epoch,
            epoch.Loss,
            epoch.Metric,
            epoch.MeanGradientNorm,
            epoch.MaxGradientNorm,
            epoch.LearningRate,
            epoch.SkippedSteps,
            epoch.Duration.TotalSeconds,
        ]);

        private void Write(IEnumerable<object> cells)
        {
            var line = string.Join(',', cells.Select(cell => Convert.ToString(cell, CultureInfo.InvariantCulture))) + "\n";
            _failures.Try(() => _file.Append(Encoding.UTF8.GetBytes(line)));
        }
    }
}
