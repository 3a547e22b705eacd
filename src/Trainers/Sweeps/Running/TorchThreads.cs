using TorchSharp;

namespace MLNet.GradStability;

/// <summary>Sets torch's number of threads, which is one for the process, and puts it back.</summary>
internal sealed class TorchThreads : IDisposable
{
    private readonly int _before = torch.get_num_threads();

    public TorchThreads(int count) => torch.set_num_threads(count);

    public void Dispose() => torch.set_num_threads(_before);
}
