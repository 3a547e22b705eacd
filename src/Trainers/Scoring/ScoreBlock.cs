namespace MLNet.GradStability;

/// <summary>Rows that are scored in one forward pass.</summary>
/// <param name="model">The network.</param>
/// <param name="first">Where the other columns of its first row are kept.</param>
/// <param name="capacity">Rows that fit; 0 where no scores are asked for.</param>
internal sealed class ScoreBlock(TrainedNetwork model, int first, int capacity)
{
    private readonly float[] _rows = new float[capacity * model.InputSize];
    private readonly float[] _scores = new float[capacity * model.OutputSize];
    private Task? _scoring;

    public int First => first;

    /// <summary>Rows that it holds.</summary>
    public int Count { get; set; }

    /// <summary>Where the numbers of the row behind the last go.</summary>
    public Span<float> Row() => _rows.AsSpan(Count * model.InputSize, model.InputSize);

    /// <summary>The scores of a row.</summary>
    public ReadOnlySpan<float> Scores(int row) => _scores.AsSpan(row * model.OutputSize, model.OutputSize);

    private bool HasWork => Count > 0 && capacity > 0;

    public void Score()
    {
        if (HasWork)
        {
            model.Score(_rows, Count, _scores);
        }
    }

    /// <summary>Scores on another thread.</summary>
    public void BeginScore() => _scoring = HasWork ? Task.Run(Score) : null;

    /// <summary>Waits for the scores; throws what scoring threw.</summary>
    public void Wait() => _scoring?.GetAwaiter().GetResult();

    /// <summary>Waits until the network is no longer used, whatever came of it.</summary>
    public void Abandon() => _scoring?.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).Wait();
}
