namespace MLNet.GradStability.Benchmarks.Speed;

/// <summary>A piece of work that is timed here and, where a peer can do the same, there.</summary>
/// <param name="Name">Its name, and that of its first outcome.</param>
internal abstract record SpeedCase(string Name)
{
    /// <summary>Measures, both sides taking turns.</summary>
    public abstract IEnumerable<SpeedOutcome> Measure(SpeedBench bench);
}
