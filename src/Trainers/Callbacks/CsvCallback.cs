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

    public override BoundCallback Bind(CallbackScope scope) => new Bound(Path, new EpochCsv(scope.MetricName, scope.HasValidation), scope);

    private sealed class Bound(string path, EpochCsv lines, CallbackScope scope) : BoundCallback
    {
        private readonly FileFailures _failures = new(Owner, path, scope.Warn, scope.Rank == 0);
        private readonly AppendedFile _file = new(path, Encoding.UTF8.GetBytes(lines.Header));

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

        public override void EpochEnded(RunControl run, EpochRecord epoch) => _failures.Try(() => _file.Append(Encoding.UTF8.GetBytes(lines.Row(epoch))));

        public override void Exchange(RunState state) => _file.Exchange(state);
    }
}
