namespace MLNet.GradStability.Tests.Sweeps;

/// <summary>Progress on the thread that reports it.</summary>
internal sealed class Receiver<T>(Action<T> receive) : IProgress<T>
{
    public void Report(T value) => receive(value);
}
