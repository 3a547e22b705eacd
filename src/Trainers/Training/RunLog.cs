using Microsoft.ML.Runtime;

namespace MLNet.GradStability;

/// <summary>Where a run writes to for people: the log of the MLContext.</summary>
/// <param name="Info">Takes a line of news.</param>
/// <param name="Warning">Takes a line that somebody should look at.</param>
internal sealed record RunLog(Action<string> Info, Action<string> Warning)
{
    /// <summary>The log of the first rank; the other ranks, whose lines would say the same, write none.</summary>
    public static RunLog Of(IChannel channel, ICollective ranks) => ranks.Rank > 0
        ? new(_ => { }, _ => { })
        : new(message => channel.Info(MessageSensitivity.None, "{0}", message), message => channel.Warning(MessageSensitivity.None, "{0}", message));
}
