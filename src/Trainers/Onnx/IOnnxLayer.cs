namespace MLNet.GradStability;

/// <summary>A module that can be written as ONNX operators.</summary>
internal interface IOnnxLayer
{
    /// <summary>Adds what the module computes when it scores, and returns the result.</summary>
    /// <param name="scope">The place of the module in the graph.</param>
    /// <param name="input">What goes into the module.</param>
    OnnxValue Export(OnnxScope scope, OnnxValue input);
}
