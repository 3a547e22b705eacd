namespace MLNet.GradStability;

/// <summary>One key of a row.</summary>
/// <param name="Name">The name of its embedding, made of the column's.</param>
/// <param name="Values">How many values it has, 1 or more; the key 0 beside them stands for a missing or unknown one.</param>
internal readonly record struct KeySlot(string Name, int Values);
