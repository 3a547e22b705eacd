namespace MLNet.GradStability;

/// <summary>Reads the label of the cursor's row as numbers: one, or those of a vector.</summary>
internal delegate void LabelReader(Span<float> label);
