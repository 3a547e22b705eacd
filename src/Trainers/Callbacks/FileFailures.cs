namespace MLNet.GradStability;

/// <summary>Tries to write a file, on the first rank of a job; a failure is one warning in the log, and the training goes on.</summary>
internal sealed class FileFailures(string owner, string path, Action<string> warn, bool isFirstRank = true)
{
    private bool _warned;

    /// <summary>Writes; false when that failed.</summary>
    public bool Try(Action write)
    {
        if (!isFirstRank)
        {
            return true;
        }

        try
        {
            write();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            if (!_warned)
            {
                _warned = true;
                warn($"{owner} cannot write to \"{path}\": {e.Message} The training goes on; what could not be written is tried again later or missing. Give a path on a disk with room, in a directory that may be written.");
            }

            return false;
        }
    }
}
