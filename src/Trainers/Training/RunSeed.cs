using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>Derives independent random streams from the seed of a run, so that one draw more in one place moves nothing elsewhere.</summary>
internal readonly record struct RunSeed(int Value)
{
    private enum Stream
    {
        Initial,
        Training,
        Order,
        Split,
    }

    /// <summary>For the first weights.</summary>
    public Generator ForInitialWeights() => new(Mix(Stream.Initial, 0));

    /// <summary>For dropout and gradient noise.</summary>
    public Generator ForTraining() => new(Mix(Stream.Training, 0));

    /// <summary>For the order of the rows of one epoch (and one buffer in it): a function of the epoch alone, so that a run can resume anywhere.</summary>
    public Random ForOrder(int epoch, int buffer = 0) => new((int)(Mix(Stream.Order, ((long)epoch << 32) + buffer) >> 33));

    /// <summary>For the augmentation of one batch on one rank: a function of epoch, from 1, batch and rank alone, so that a run can resume anywhere.</summary>
    public Random ForAugmentation(int epoch, long batch, int rank = 0) => new((int)(Mix(Stream.Training, ((long)epoch << 32) + batch + ((long)rank << 52)) >> 33));

    /// <summary>For what the layers of one of several ranks draw in one step.</summary>
    public long ForLayers(long step, int rank) => (long)(Mix(Stream.Initial, ((rank + 1L) << 40) + step) >> 1);

    /// <summary>For the rows that statistics are taken over; epochs count from 1, so the order of epoch 0 is free.</summary>
    public Random ForSample() => ForOrder(0);

    /// <summary>A number from 0 to below 1 for a run of rows of one class: a function of the two alone, so that every pass splits alike.</summary>
    public double ForSplit(int label, long run) => (Mix(Stream.Split, ((long)label << 40) ^ run) >> 11) * (1.0 / (1L << 53));

    // SplitMix64 (Steele et al. 2014): neighbouring seeds give unrelated streams.
    private ulong Mix(Stream stream, long index)
    {
        var z = unchecked(((ulong)(uint)Value << 2 | (ulong)stream) * 0x9E3779B97F4A7C15UL + (ulong)index * 0xD1B54A32D192ED03UL);
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EBUL);
        return z ^ (z >> 31);
    }
}
