namespace MLNet.GradStability;

/// <summary>What a training needs of the processes that share it. All ranks make the same calls in the same order.</summary>
internal interface ICollective
{
    /// <summary>The number of this process, from 0.</summary>
    int Rank { get; }

    /// <summary>Processes.</summary>
    int Count { get; }

    /// <summary>Time that this process has spent in these calls, waiting for the others included.</summary>
    TimeSpan Time { get; }

    /// <summary>Replaces the numbers by their sums over the ranks, the same bits on each.</summary>
    void Sum(Span<float> numbers);

    /// <inheritdoc cref="Sum(Span{float})"/>
    void Sum(Span<double> numbers);

    /// <summary>Replaces the bytes by those of one rank.</summary>
    void Broadcast(Span<byte> bytes, int from);

    /// <summary>Waits for all ranks.</summary>
    void Barrier();

    /// <summary>Begins a training. Until <see cref="Leave"/> the others count on this process: should it end before, the whole job ends.</summary>
    /// <exception cref="InvalidOperationException">A training of this process is under way, or broke off while the other ranks went on.</exception>
    void Enter();

    /// <summary>Ends a training, or a failure that all ranks know of.</summary>
    void Leave();
}
