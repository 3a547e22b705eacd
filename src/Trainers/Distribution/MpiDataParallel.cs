using System.Text.Json.Serialization;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="DataParallel.Mpi"/>.</summary>
[DescriptionKind("mpi")]
internal sealed record MpiDataParallel : DataParallel
{
    private const string Owner = "DataParallel.Mpi";

    [JsonConstructor]
    public MpiDataParallel(bool batchPerRank, int checkEvery)
    {
        BatchPerRank = batchPerRank;
        CheckEvery = Require.AtLeastOne(checkEvery, Owner, nameof(checkEvery), "The usual value is 100.");
    }

    public bool BatchPerRank { get; }

    public int CheckEvery { get; }

    internal override int ChecksEvery => CheckEvery;

    internal override ICollective Connect() => MpiProcess.Join();

    internal override NeuralNetworkOptions Adopt(NeuralNetworkOptions options, int ranks) =>
        BatchPerRank ? options with { BatchSize = checked(options.BatchSize * ranks) } : options;
}
