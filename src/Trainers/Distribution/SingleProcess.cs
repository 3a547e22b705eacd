namespace MLNet.GradStability;

/// <summary>A process that trains by itself.</summary>
internal sealed class SingleProcess : ICollective
{
    private SingleProcess()
    {
    }

    public static SingleProcess Instance { get; } = new();

    public int Rank => 0;

    public int Count => 1;

    public TimeSpan Time => TimeSpan.Zero;

    public void Sum(Span<float> numbers)
    {
    }

    public void Sum(Span<double> numbers)
    {
    }

    public void Broadcast(Span<byte> bytes, int from)
    {
    }

    public void Barrier()
    {
    }

    public void Enter()
    {
    }

    public void Leave()
    {
    }
}
