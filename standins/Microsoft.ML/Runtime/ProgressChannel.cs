namespace Microsoft.ML.Runtime;

/// <summary>A progress channel of an <see cref="MLContext"/>, which shows progress to nobody, as the real one.</summary>
internal sealed class ProgressChannel(LocalEnvironment environment, string name) : IProgressChannel
{
    public void SetHeader(ProgressHeader header, Action<IProgressEntry> fillAction)
    {
    }

    public void Checkpoint(params double?[] values)
    {
    }

    public IProgressChannel StartProgressChannel(string subName) => new ProgressChannel(environment, $"{name}; {subName}");

    public void Dispose()
    {
    }
}
