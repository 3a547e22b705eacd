namespace MLNet.GradStability;

/// <summary>The usual names of values whose kind says little: the presets of variance scaling.</summary>
internal static class PresetNames
{
    private static readonly Dictionary<Initializer, string> Names = new()
    {
        [Initializer.HeNormal()] = "he-normal",
        [Initializer.HeUniform()] = "he-uniform",
        [Initializer.XavierNormal()] = "xavier-normal",
        [Initializer.XavierUniform()] = "xavier-uniform",
        [Initializer.LeCunNormal()] = "lecun-normal",
        [Initializer.LeCunUniform()] = "lecun-uniform",
    };

    /// <summary>The name of a value; null where its kind has to do.</summary>
    public static string? Of(object? value) => value is Initializer initializer ? Names.GetValueOrDefault(initializer) : null;
}
