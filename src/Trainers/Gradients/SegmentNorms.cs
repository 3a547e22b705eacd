using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>The gradient norms of a set tensor by tensor, kept on the device.</summary>
internal static class SegmentNorms
{
    /// <summary>‖g‖₂ of each segment: <c>[segments]</c>.</summary>
    public static Tensor Of(ParameterSet parameters) => stack(parameters.Segments.Select(segment => segment.Gradient.norm()));

    /// <summary>Multiplies each segment's gradient by its own factor.</summary>
    /// <param name="parameters">The set.</param>
    /// <param name="factors"><c>[segments]</c>.</param>
    public static void Scale(ParameterSet parameters, Tensor factors)
    {
        var each = factors.unbind();
        for (var i = 0; i < each.Length; i++)
        {
            parameters.Segments[i].Gradient.mul_(each[i]);
        }
    }
}
