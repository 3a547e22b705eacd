using System.Diagnostics;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace MLNet.GradStability.Tests.Reporting;

/// <summary>A headless Chromium that opens a page, for what only a browser can tell.</summary>
internal static partial class Browser
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    /// <summary>The program; null when there is none.</summary>
    public static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
        .SelectMany(_ => Names, Path.Combine)
        .FirstOrDefault(File.Exists);

    /// <summary>Opens a page and runs a script in it.</summary>
    /// <param name="html">The page.</param>
    /// <param name="script">Sets attributes of <c>document.body</c>.</param>
    /// <param name="width">The width of the window.</param>
    /// <returns>The attributes of the body, and what was written to the console.</returns>
    public static (IReadOnlyDictionary<string, string> Body, IReadOnlyList<string> Console) Open(string html, string script, int width)
    {
        var folder = Directory.CreateTempSubdirectory("gradstability");
        try
        {
            var page = Path.Combine(folder.FullName, "page.html");
            File.WriteAllText(page, html.Replace("</body>", $"<script>{script}</script></body>", StringComparison.Ordinal));
            var start = new ProcessStartInfo(
                Program!,
                [
                    "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking", "--disable-extensions",
                    $"--user-data-dir={Path.Combine(folder.FullName, "profile")}", $"--window-size={width},900", "--virtual-time-budget=3000", "--enable-logging=stderr", "--v=0", "--dump-dom",
                    new Uri(page).AbsoluteUri,
                ])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var dom = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            var body = XElement.Parse(Body().Match(dom).Value + "</body>");
            return (body.Attributes().ToDictionary(attribute => attribute.Name.LocalName, attribute => attribute.Value), [.. errors.Result.Split('\n').Where(line => line.Contains("CONSOLE", StringComparison.Ordinal))]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [GeneratedRegex("<body[^>]*>")]
    private static partial Regex Body();
}
