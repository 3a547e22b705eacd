using System.Diagnostics;
using System.Text.Json;

namespace MLNet.GradStability.Benchmarks;

/// <summary>
/// A Python script under peer/ that does the same work with PyTorch or scikit-learn. It stays up and answers each line on its input with one line of JSON, so that
/// both sides can take turns.
/// </summary>
internal sealed class Peer : IDisposable
{
    private readonly Process _process;
    private readonly Errors _errors;

    private Peer(Process process, Errors errors, string version)
    {
        _process = process;
        _errors = errors;
        Version = version;
    }

    /// <summary>Debian's python3-torch belongs to Debian's Python.</summary>
    public static string Python => File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";

    public string Version { get; }

    public static string PathOf(string script) => Path.Combine(AppContext.BaseDirectory, "peer", script);

    /// <summary>Starts a script; null when there is no Python with the packages that the script imports.</summary>
    public static Peer? Start(string script)
    {
        var start = new ProcessStartInfo(Python, [PathOf(script)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start)!;
        var errors = new Errors();
        process.ErrorDataReceived += (_, e) => errors.Last = e.Data ?? errors.Last;
        process.BeginErrorReadLine();
        if (process.StandardOutput.ReadLine() is { } version)
        {
            return new Peer(process, errors, version);
        }

        process.Dispose();
        return null;
    }

    /// <summary>Asks for one turn.</summary>
    public JsonElement Ask(object request)
    {
        _process.StandardInput.WriteLine(JsonSerializer.Serialize(request));
        _process.StandardInput.Flush();
        return JsonDocument.Parse(_process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"The peer script has ended: {_errors.Last}")).RootElement;
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private sealed class Errors
    {
        public string Last { get; set; } = "it said nothing.";
    }
}
