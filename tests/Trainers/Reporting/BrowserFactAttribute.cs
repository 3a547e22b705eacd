namespace MLNet.GradStability.Tests.Reporting;

/// <summary>A test that needs a browser, and is skipped with a word on it where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = Browser.Program is null ? "There is no Chromium on the PATH: apt-get install chromium." : null;
}
