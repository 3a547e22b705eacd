namespace MLNet.GradStability.Standins.Tests.TorchSharp;

/// <summary>Runs on a thread of its own.</summary>
internal static class Elsewhere
{
    public static T Run<T>(Func<T> function)
    {
        T result = default!;
        var thread = new Thread(() => result = function());
        thread.Start();
        thread.Join();
        return result;
    }
}
