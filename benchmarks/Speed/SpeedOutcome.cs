namespace MLNet.GradStability.Benchmarks.Speed;

/// <summary>One line of the table.</summary>
/// <param name="Case">What was measured.</param>
/// <param name="Unit">Unit of both figures.</param>
/// <param name="Ours">The median here.</param>
/// <param name="Peer">The peer's median; NaN when there is none.</param>
/// <param name="Ratio">The median of the turns' ratios ours/peer; NaN without a peer.</param>
/// <param name="Goal">The bound of the ratio or, where the goal is an absolute one, of the figure; null when there is none.</param>
/// <param name="IsLeast">Whether the goal is to reach the bound, and not to stay below it; null when there is none.</param>
/// <param name="Met">Whether the goal is met; null when it cannot be told.</param>
internal sealed record SpeedOutcome(string Case, string Unit, double Ours, double Peer, double Ratio, double? Goal, bool? IsLeast, bool? Met)
{
    /// <summary>A figure beside a peer's, turn by turn; the goal is one of the ratio.</summary>
    public static SpeedOutcome Beside(string name, string unit, Goal? goal, IReadOnlyList<double> ours, IReadOnlyList<double> peers)
    {
        var ratio = ours.Zip(peers, (own, other) => own / other).Median();
        return new(name, unit, ours.Median(), peers.Median(), ratio, goal?.Bound, goal?.IsLeast, double.IsNaN(ratio) ? null : goal?.IsMet(ratio));
    }

    /// <summary>A figure with a goal of its own.</summary>
    public static SpeedOutcome Alone(string name, string unit, Goal? goal, double ours, double peer = double.NaN) =>
        new(name, unit, ours, peer, ours / peer, goal?.Bound, goal?.IsLeast, goal?.IsMet(ours));
}
