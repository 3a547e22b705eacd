namespace MLNet.GradStability;

/// <summary>What a run is judged by.</summary>
internal sealed record RunEvidence
{
    /// <summary>The options of the run.</summary>
    public required NeuralNetworkOptions Options { get; init; }

    /// <summary>The loss of the best constant prediction.</summary>
    public required double Baseline { get; init; }

    /// <summary>The steps that stood out.</summary>
    public required StepSeries Series { get; init; }

    /// <summary>Loss and gradient norm of all steps.</summary>
    public IReadOnlyList<StepSpan> Spans { get; init; } = [];

    /// <summary>The layers every few steps.</summary>
    public IReadOnlyList<NetworkSample> Samples { get; init; } = [];

    /// <summary>The epochs, with validation loss where there is one.</summary>
    public IReadOnlyList<EpochRecord> Epochs { get; init; } = [];

    /// <summary>What the guard noticed and did.</summary>
    public IReadOnlyList<Incident> Incidents { get; init; } = [];

    /// <summary>The part of the first losses that is a penalty on the weights.</summary>
    public double Penalty { get; init; }
}
