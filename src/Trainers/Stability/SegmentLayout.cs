using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>Norms of the segments of a flat tensor in few kernels: neighbours of one length are taken as the rows of a matrix.</summary>
internal sealed class SegmentLayout
{
    private readonly List<(long Start, long Length, int Count)> _runs = [];

    /// <param name="segments">The segments, in the order of the flat tensor and without gaps.</param>
    public SegmentLayout(IEnumerable<ParameterSegment> segments)
    {
        foreach (var segment in segments)
        {
            if (_runs.Count > 0 && _runs[^1] is var last && last.Length == segment.Length)
            {
                _runs[^1] = last with { Count = last.Count + 1 };
            }
            else
            {
                _runs.Add((segment.Start, segment.Length, 1));
            }
        }
    }

    /// <summary>‖·‖₂ of each segment: <c>[segments]</c>.</summary>
    public Tensor Norms(Tensor flat) => cat([.. _runs.Select(run => flat.narrow(0, run.Start, run.Count * run.Length).view(run.Count, run.Length).norm(1))]);
}
