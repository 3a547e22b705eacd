using MLNet.GradStability;

namespace Samples.Cli;

/// <summary>What is set about a network by options of their own; null where nothing is.</summary>
internal sealed record NetworkParts(Activation? Activation, double? Dropout, Normalization? Normalization)
{
    /// <exception cref="FormatException">One is set that the kind has no use for.</exception>
    public NetworkParts Without(string kind, bool activation = false, bool normalization = false)
    {
        if (activation && Activation is not null)
        {
            throw new FormatException($"--activation must be left out with {kind}, whose cells have their own");
        }

        if (normalization && Normalization is not null)
        {
            throw new FormatException($"--normalization must be left out with {kind}, which has none");
        }

        return this;
    }
}
