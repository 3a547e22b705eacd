using MLNet.GradStability;
using Spectre.Console;

namespace Samples;

/// <summary>Shows a training as it runs: a live progress bar in a terminal, a line every few epochs elsewhere.</summary>
internal sealed class TrainingDisplay : IProgress<TrainingProgress>
{
    private const int PlainLines = 10;
    private readonly ProgressTask? _task;

    private TrainingDisplay(ProgressTask? task) => _task = task;

    /// <summary>Runs a training and returns what it returns; Ctrl-C ends it at the next step and keeps the best network so far.</summary>
    public static T Run<T>(Func<IProgress<TrainingProgress>, CancellationToken, T> train) => UntilCtrlC(stop => AnsiConsole.Profile.Out.IsTerminal
        ? AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context => train(new TrainingDisplay(context.AddTask("training")), stop))
        : train(new TrainingDisplay(null), stop));

    /// <summary>Runs something that Ctrl-C cancels instead of ending the program.</summary>
    public static T UntilCtrlC<T>(Func<CancellationToken, T> run)
    {
        using var stop = new CancellationTokenSource();
        ConsoleCancelEventHandler onCancel = (_, e) =>
        {
            e.Cancel = true;
            stop.Cancel();
        };
        Console.CancelKeyPress += onCancel;
        try
        {
            return run(stop.Token);
        }
        finally
        {
            Console.CancelKeyPress -= onCancel;
        }
    }

    public void Report(TrainingProgress value)
    {
        if (_task is not null)
        {
            _task.MaxValue = value.TotalSteps;
            _task.Value = value.Step;
            _task.Description = Line(value).EscapeMarkup();
        }
        else if (value.IsEpochEnd && (value.Epoch % Math.Max(1, value.Epochs / PlainLines) == 0 || value.Epoch == value.Epochs))
        {
            Console.WriteLine(Line(value) + FormattableString.Invariant($", {value.Remaining.TotalSeconds:F0} s left"));
        }
    }

    private static string Line(TrainingProgress p) => FormattableString.Invariant(
        $"epoch {p.Epoch}/{p.Epochs}  loss {p.Loss:F4}  {p.MetricName} {p.Metric:F3}  gradient norm {p.GradientNorm:F2}  {p.RowsPerSecond:N0} rows/s");
}
