using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>The batches of a source as steps see them: augmented, where the options ask for it, and on the device.</summary>
/// <param name="source">The rows.</param>
/// <param name="augmentation">What is done to them; null for nothing.</param>
/// <param name="seed">The run's seed.</param>
/// <param name="task">Makes targets of labels.</param>
/// <param name="device">Where the steps are made.</param>
internal sealed class AugmentedRows(BatchSource source, Augmentation? augmentation, RunSeed seed, LearningTask task, Device device)
{
    /// <summary>The batches of one epoch: a function of seed and epoch alone. The caller disposes each batch.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="skipBatches">Batches at the start that are left out, without making them.</param>
    public IEnumerable<Batch> Epoch(int epoch, long skipBatches = 0)
    {
        var batches = source.Epoch(epoch, seed, task, skipBatches);
        var altered = augmentation is null ? batches : batches.Select((batch, i) => batch.IsSpare ? batch : Altered(augmentation, batch, seed.ForAugmentation(epoch, skipBatches + i, source.Ranks.Rank)));
        return altered.Select(batch => batch.MovedTo(device));
    }

    private Batch Altered(Augmentation by, Batch batch, Random random)
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        return by.Apply(batch, new AugmentationStep(batch.Features.narrow(1, 0, source.Numbers), source.Scaling, random));
    }
}
