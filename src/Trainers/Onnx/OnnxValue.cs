namespace MLNet.GradStability;

/// <summary>A tensor in an ONNX graph.</summary>
/// <param name="Name">Its name, of which there is one in the graph.</param>
/// <param name="Rank">How many dimensions it has, the rows among them.</param>
internal readonly record struct OnnxValue(string Name, int Rank);
