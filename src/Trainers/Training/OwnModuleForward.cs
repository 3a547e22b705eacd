using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>
/// Forward passes, in training, of a module that is not the library's: what it draws from the process-wide random state follows the run's generator, and a
/// batch of a single row, which has no variance, is normalised by running statistics.
/// </summary>
internal sealed class OwnModuleForward(nn.Module<Tensor, Tensor> network, Generator random)
{
    private readonly List<nn.Module> _norms =
        [.. network.modules().Where(module => module.named_buffers(recurse: false).Any(named => named.Item1.StartsWith("running_", StringComparison.Ordinal)))];

    public Tensor Call(Tensor features)
    {
        var resting = features.shape[0] > 1 ? [] : _norms.Where(norm => norm.training).ToList();
        resting.ForEach(norm => norm.eval());
        try
        {
            using var seed = empty(1, int64).random_(0, int.MaxValue, random);
            using var _ = new GlobalRandomScope((int)seed.ToInt64());
            return network.call(features);
        }
        finally
        {
            resting.ForEach(norm => norm.train());
        }
    }
}
