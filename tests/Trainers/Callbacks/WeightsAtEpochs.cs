namespace MLNet.GradStability.Tests.Callbacks;

/// <summary>Takes the weights as they are after each epoch.</summary>
internal sealed record WeightsAtEpochs : Callback
{
    public List<double[]> Taken { get; } = [];

    public override BoundCallback Bind(CallbackScope scope) => new Bound(() => Taken.Add([.. scope.Network.parameters().SelectMany(parameter => parameter.ToArray())]));

    private sealed class Bound(Action take) : BoundCallback
    {
        public override void EpochEnded(RunControl run, EpochRecord epoch) => take();
    }
}
