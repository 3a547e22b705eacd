using Microsoft.ML;

namespace MLNet.GradStability.Benchmarks.Speed;

/// <summary>What the cases measure with.</summary>
/// <param name="Peer">The peer; null when it is not asked for or not here.</param>
/// <param name="Turns">Turns that count.</param>
/// <param name="Scale">Share of the usual amount of work, above 0, at most 1: small for a smoke run.</param>
/// <param name="Threads">Threads of both sides.</param>
/// <param name="Cancellation">Ends the measuring.</param>
internal sealed record SpeedBench(Peer? Peer, int Turns, double Scale, int Threads, CancellationToken Cancellation)
{
    public MLContext Ml { get; } = new(seed: 1);

    /// <summary>So much of the usual amount, at least <paramref name="least"/>.</summary>
    public int Of(int usual, int least) => Math.Max(least, (int)(usual * Scale));

    /// <inheritdoc cref="TakeTurns(int, Func{double}[])"/>
    public IReadOnlyList<double>[] TakeTurns(params Func<double>[] sides) => TakeTurns(Turns, sides);

    /// <summary>Takes turns; the first turn warms up and does not count.</summary>
    /// <returns>The figures of each side, one a turn.</returns>
    public IReadOnlyList<double>[] TakeTurns(int turns, params Func<double>[] sides)
    {
        var figures = sides.Select(_ => new List<double>()).ToArray();
        for (var turn = 0; turn <= turns; turn++)
        {
            for (var side = 0; side < sides.Length; side++)
            {
                Cancellation.ThrowIfCancellationRequested();
                var figure = sides[side]();
                if (turn > 0)
                {
                    figures[side].Add(figure);
                }
            }
        }

        return figures;
    }

    /// <summary>The peer's figure for a request; NaN without a peer.</summary>
    public double Ask(object request) => Peer?.Ask(request).GetDouble() ?? double.NaN;
}
