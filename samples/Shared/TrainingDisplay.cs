using MLNet.GradStability;
using Spectre.Console;

namespace Samples;

/// <summary>Shows a training as it runs: a live progress bar in a terminal, a line every few epochs elsewhere.</summary>
internal sealed class TrainingDisplay : IProgress<TrainingProgress>
{
    private const int PlainLines = 10;
    private readonly TextWriter _lines;
    private readonly ProgressTask? _task;

    private TrainingDisplay(TextWriter lines, ProgressTask? task)
    {
        _lines = lines;
        _task = task;
    }

    /// <summary>Runs a training and returns what it returns; Ctrl-C ends it at the next step and keeps the best network so far.</summary>
    /// <param name="train">The training.</param>
    /// <param name="console">Where to show it; null for stdout.</param>
    public static T Run<T>(Func<IProgress<TrainingProgress>, CancellationToken, T> train, IAnsiConsole? console = null)
    {
        console ??= AnsiConsole.Console;
        var output = console.Profile.Out;
        return UntilCtrlC(stop => output.IsTerminal
            ? console.Progress()
                .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
                .Start(context => train(new TrainingDisplay(output.Writer, context.AddTask("training")), stop))
            : train(new TrainingDisplay(output.Writer, null), stop));
    }

    /// <summary>Runs something that Ctrl-C cancels instead of ending the program; pressed again, it ends it.</summary>
    public static T UntilCtrlC<T>(Func<CancellationToken, T> run)
    {
        using var stop = new CancellationTokenSource();
        ConsoleCancelEventHandler onCancel = (_, e) =>
        {
            e.Cancel = !stop.IsCancellationRequested;
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
            _lines.WriteLine(Line(value) + FormattableString.Invariant($", {value.Remaining.TotalSeconds:F0} s left"));
        }
    }

    private static string Line(TrainingProgress p) => FormattableString.Invariant(
        $"epoch {p.Epoch}/{p.Epochs}  loss {p.Loss:F4}  {p.MetricName} {p.Metric:F3}  gradient norm {p.GradientNorm:F2}  {p.RowsPerSecond:N0} rows/s");
}
