using System.Globalization;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>All callbacks of a fit, called in their order; an exception in one is wrapped with its name and the moment.</summary>
/// <param name="callbacks">The descriptions.</param>
/// <param name="scope">What they are told.</param>
internal sealed class BoundCallbacks(IReadOnlyList<Callback> callbacks, CallbackScope scope) : IDisposable
{
    private readonly List<(Callback Description, BoundCallback Bound)> _callbacks = [];

    /// <summary>Shared by all of them. The loop asks it for <see cref="RunControl.RateScale"/> and <see cref="RunControl.Stopping"/>.</summary>
    public RunControl Run { get; } = new();

    /// <summary>Makes the state of each; until then there are none to be called.</summary>
    public void Bind()
    {
        foreach (var callback in callbacks)
        {
            Call(callback, "in Bind, before step", 1, () => _callbacks.Add((callback, callback.Bind(scope))));
        }
    }

    public void TrainingStarted(Evaluation? training, Evaluation? validation) =>
        ForAll("before step", Run.Step + 1, callback => callback.TrainingStarted(Run, training, validation));

    /// <param name="epoch">The epoch at work, from 1.</param>
    /// <param name="microBatches">The rows of the step.</param>
    public void StepStarting(int epoch, Batch[] microBatches)
    {
        Run.Epoch = epoch;
        for (var i = 0; i < microBatches.Length && _callbacks.Count > 0; i++)
        {
            var rows = new StepRows(microBatches[i], i, microBatches.Length);
            ForAll("before step", Run.Step + 1, callback => callback.StepStarting(Run, rows));
        }
    }

    public void StepEnded(StepRecord step)
    {
        Run.Step = step.Step;
        ForAll("after step", step.Step, callback => callback.StepEnded(Run, step));
    }

    public void EpochEnded(EpochRecord epoch) => ForAll("after epoch", epoch.Epoch, callback => callback.EpochEnded(Run, epoch));

    public void TrainingEnded(TrainingResult result) => ForAll("at the end of the training, after step", Run.Step, callback => callback.TrainingEnded(result));

    /// <summary>Writes or reads the state of the run control and of every callback.</summary>
    public void Exchange(RunState state)
    {
        Run.Exchange(state.Under("run"));
        for (var i = 0; i < _callbacks.Count; i++)
        {
            _callbacks[i].Bound.Exchange(state.Under(i.ToString(CultureInfo.InvariantCulture)));
        }
    }

    public void Dispose()
    {
        foreach (var (_, bound) in _callbacks)
        {
            bound.Dispose();
        }
    }

    private static void Call(Callback description, string moment, long number, Action call)
    {
        using var tensors = NewDisposeScope();
        using var _ = no_grad();
        try
        {
            call();
        }
        catch (Exception e)
        {
            throw new InvalidOperationException(
                string.Create(CultureInfo.InvariantCulture, $"{description.Name} failed {moment} {number}, which ended the fit: {e.Message}"), e);
        }
    }

    private void ForAll(string moment, long number, Action<BoundCallback> call)
    {
        foreach (var (description, bound) in _callbacks)
        {
            Call(description, moment, number, () => call(bound));
        }
    }
}
