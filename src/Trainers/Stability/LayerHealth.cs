namespace MLNet.GradStability;

/// <summary>The layers of a network over one batch, which need not be finite, and where trouble starts.</summary>
/// <param name="Layers">The layers; no number of them is kept back for not being finite.</param>
/// <param name="ExplodesFrom">The layer from which numbers grow beyond measure; null when none does.</param>
/// <param name="VanishesBelow">The layer below which gradients are next to nothing; null when there is none.</param>
/// <param name="Dead">The activation layers whose units are all dead, or nearly so.</param>
/// <param name="MayBeRows">Whether the layers are as before, or what went into them is not: then rows may be at fault, and not the weights.</param>
internal sealed record LayerHealth(IReadOnlyList<LayerSample> Layers, string? ExplodesFrom, string? VanishesBelow, IReadOnlyList<string> Dead, bool MayBeRows)
{
    /// <summary>A number so many times its last healthy value stands out: healthy values of one layer rarely move by more than 3 between two batches.</summary>
    public const double Growth = 10;

    /// <summary>A gradient norm below this share of the largest one moves its layer by next to nothing. Healthy networks stay above 1e-2.</summary>
    public const double VanishingShare = 1e-3;

    /// <summary>With fewer than a tenth of its units alive a layer is a bottleneck that the network was not designed with.</summary>
    public const double DeadLayer = 0.9;

    /// <param name="layers">The layers.</param>
    /// <param name="largestInput">The size of the largest feature that went into them.</param>
    /// <param name="reference">The last good sample; null when there is none.</param>
    public static LayerHealth Of(IReadOnlyList<LayerSample> layers, double largestInput, NetworkSample? reference)
    {
        // What follows the first layer whose output stands out inherits it; a gradient is inherited the other way.
        var before = reference?.Layers.ToDictionary(layer => layer.Layer);
        var forward = layers.FirstOrDefault(layer => StandsOut(layer.ActivationDeviation, before?[layer.Layer].ActivationDeviation));
        var backward = layers.LastOrDefault(layer => StandsOut(layer.GradientNorm, before?[layer.Layer].GradientNorm));
        return new(
            layers,
            (forward ?? backward)?.Layer,
            Vanishing(layers),
            [.. layers.Where(layer => layer.DeadShare >= DeadLayer).Select(layer => layer.Layer)],
            forward is null || StandsOut(largestInput, reference?.LargestInput));
    }

    /// <summary>
    /// The layer below which gradients vanish: all layers from the input up to it have next to none, measured against the largest of any layer.
    /// </summary>
    public static string? Vanishing(IReadOnlyList<LayerSample> layers)
    {
        var trained = layers.Where(layer => double.IsFinite(layer.GradientNorm)).ToList();
        var largest = trained.Select(layer => layer.GradientNorm).DefaultIfEmpty().Max();
        var count = trained.TakeWhile(layer => layer.GradientNorm < VanishingShare * largest).Count();
        return count > 0 ? trained[count].Layer : null;
    }

    private static bool StandsOut(double now, double? before) =>
        !double.IsFinite(now) ? before is null || double.IsFinite(before.Value) : now > Growth * before;
}
