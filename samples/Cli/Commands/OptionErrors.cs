namespace Samples.Cli;

/// <summary>Errors of the library about its options are errors of the command line that set them.</summary>
internal static class OptionErrors
{
    /// <exception cref="CliException">What runs finds options that cannot be.</exception>
    public static T AsUsage<T>(Func<T> run)
    {
        try
        {
            return run();
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            throw CliException.Usage(Messages.Of(e), e);
        }
    }
}
