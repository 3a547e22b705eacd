using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>
/// The random numbers of a training. What all ranks must do alike, such as gradient noise, draws from one stream. What layers draw for the rows they see, such as
/// dropout, is each rank's own: it starts anew with each step, so that a run goes on alike with any number of ranks, and whatever each has drawn.
/// </summary>
internal sealed class RunRandom : IDisposable
{
    private readonly RunSeed _seed;
    private readonly ICollective _ranks;

    public RunRandom(RunSeed seed, ICollective ranks)
    {
        _seed = seed;
        _ranks = ranks;
        Shared = seed.ForTraining();
        Layers = ranks.Count == 1 ? Shared : seed.ForTraining();
    }

    /// <summary>For what is done with the gradients.</summary>
    public Generator Shared { get; }

    /// <summary>For forward passes; in a single process the same.</summary>
    public Generator Layers { get; }

    public void StartStep(long step)
    {
        if (_ranks.Count > 1)
        {
            Layers.manual_seed(_seed.ForLayers(step, _ranks.Rank));
        }
    }

    /// <summary>Does something, and draws on as if nothing had been drawn.</summary>
    public void WithoutTrace(Action action)
    {
        using var shared = Shared.get_state();
        using var layers = Layers.get_state();
        action();
        Shared.set_state(shared);
        Layers.set_state(layers);
    }

    public void Exchange(RunState state) => state.Exchange("random", Shared);

    /// <summary>Writes or reads what both streams have drawn so far, within a step.</summary>
    public void ExchangeWithinStep(RunState state)
    {
        Exchange(state);
        state.Exchange("layers", Layers);
    }

    public void Dispose()
    {
        Shared.Dispose();
        Layers.Dispose();
    }
}
