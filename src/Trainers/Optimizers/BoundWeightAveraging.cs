using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>A <see cref="WeightAveraging"/> at work in one fit; all calls are made under <c>no_grad</c>.</summary>
/// <param name="values">The weights, flat.</param>
internal abstract class BoundWeightAveraging(Tensor values) : IDisposable
{
    private bool _pending;

    /// <summary>The weights, flat.</summary>
    protected Tensor Values { get; } = values;

    /// <summary>The average so far.</summary>
    protected Tensor Mean { get; } = values.clone().DetachFromDisposeScope();

    /// <summary>How many weights the average holds; with 0 there is none.</summary>
    protected long Count { get; set; }

    /// <summary>An update was made; its weights have yet to show that they are finite.</summary>
    public void StepTaken() => _pending = true;

    /// <summary>The weights as they are gave a finite loss and gradient, so that those of the last update may enter.</summary>
    public void ProvedFinite()
    {
        if (_pending)
        {
            _pending = false;
            AfterStep();
        }
    }

    /// <summary>An epoch has ended with finite weights.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    public virtual void EpochEnded(int epoch)
    {
    }

    public void Exchange(RunState state)
    {
        var count = Count;
        state.Exchange("mean", Mean);
        state.Exchange("count", ref count);
        state.Exchange("pending", ref _pending);
        Count = count;
    }

    /// <summary>Writes the average into the weights; false when there is none.</summary>
    public bool TakeOver()
    {
        if (Count == 0)
        {
            return false;
        }

        Values.copy_(Mean);
        return true;
    }

    public void Dispose() => Mean.Dispose();

    /// <summary>Weights of one update more.</summary>
    protected virtual void AfterStep()
    {
    }
}
