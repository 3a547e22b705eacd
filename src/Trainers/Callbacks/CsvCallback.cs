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

    private sealed class Bound(string path, CallbackScope scope) : BoundCallback
    {
        private readonly FileFailures _failures = new(Owner, path, scope.Warn);
        private readonly AppendedFile _file = new(path, Line(
        [
            "epoch",
            "loss",
            scope.MetricName,
            .. scope.HasValidation ? ["validation_loss", "validation_" + scope.MetricName] : Array.Empty<object>(),
            "mean_gradient_norm",
            "max_gradient_norm",
            "learning_rate",
            "skipped_steps",
            "seconds",
        ]));

        private bool _started;

        // Not earlier: a run that resumes knows only by now what of the file is its own.
        public override void StepStarting(RunControl run, StepRows rows)
        {
            if (!_started)
            {
                _started = true;
                _failures.Try(() => _file.Append([]));
            }
        }

        public override void EpochEnded(RunControl run, EpochRecord epoch)
        {
            var line = Line(
            [
                epoch.Epoch,
                epoch.Loss,
                epoch.Metric,
                .. scope.HasValidation ? [epoch.ValidationLoss, epoch.ValidationMetric] : Array.Empty<object>(),
                epoch.MeanGradientNorm,
                epoch.MaxGradientNorm,
                epoch.LearningRate,
                epoch.SkippedSteps,
                epoch.Duration.TotalSeconds,
            ]);
            _failures.Try(() => _file.Append(line));
        }

        public override void Exchange(RunState state) => _file.Exchange(state);

        private static byte[] Line(IEnumerable<object> cells) =>
            Encoding.UTF8.GetBytes(string.Join(',', cells.Select(cell => Convert.ToString(cell, CultureInfo.InvariantCulture))) + "\n");
    }
}
