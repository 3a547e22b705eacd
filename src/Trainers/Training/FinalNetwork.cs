using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>The network that a fit returns: finite, and the best where the run did not go to its end or is to go back to it.</summary>
/// <param name="network">The network.</param>
/// <param name="steps">What trained it.</param>
/// <param name="best">The best epoch.</param>
/// <param name="finite">The last network that was finite; null where the guard keeps one.</param>
/// <param name="rows">Gives this rank's training rows, for the statistics of averaged weights.</param>
/// <param name="ranks">The processes that share the training.</param>
internal sealed class FinalNetwork(
    nn.Module<Tensor, Tensor> network, TrainingSteps steps, BestEpoch best, BestNetwork? finite, Func<IEnumerable<Batch>> rows, ICollective ranks)
{
    /// <summary>Makes the network the one that a run returns which ended so.</summary>
    public void Take(StopReason stop)
    {
        if (!best.Restore(stop))
        {
            TakeLast();
        }
    }

    private void TakeLast()
    {
        var isFinite = steps.Learner.IsFinite();
        if (isFinite)
        {
            steps.Learner.Averaging?.ProvedFinite();
        }
        else
        {
            finite?.Restore();
        }

        steps.Finish(isFinite);
        if (steps.Learner.Averaging?.TakeOver() == true)
        {
            BatchNormStatistics.Recompute(network, rows(), ranks);
        }
    }
}
