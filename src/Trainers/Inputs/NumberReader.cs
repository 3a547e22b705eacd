namespace MLNet.GradStability;

/// <summary>Reads a column of the cursor's row as numbers: one, or those of a vector.</summary>
internal delegate void NumberReader(Span<float> numbers);
