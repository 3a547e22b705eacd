namespace MLNet.GradStability.Benchmarks.Speed;

/// <summary>What a figure should be: at least so much, or at most.</summary>
internal readonly record struct Goal(double Bound, bool IsLeast)
{
    public static Goal AtLeast(double bound) => new(bound, IsLeast: true);

    public static Goal AtMost(double bound) => new(bound, IsLeast: false);

    public bool IsMet(double figure) => IsLeast ? figure >= Bound : figure <= Bound;

    public override string ToString() => FormattableString.Invariant($"{(IsLeast ? '≥' : '≤')} {Bound}");
}
