namespace Samples.Cli;

/// <summary>A kind that can be named on the command line.</summary>
/// <param name="Name">The name.</param>
/// <param name="Numbers">What may follow the name, as <see cref="Parameter.ReadAll"/> reads it.</param>
/// <param name="Meaning">What it does.</param>
/// <param name="Make">Makes the description.</param>
internal sealed record Kind<T>(string Name, string Numbers, string Meaning, Func<Arguments, T> Make)
{
    private readonly IReadOnlyList<Parameter> _parameters = Parameter.ReadAll(Numbers);

    /// <summary>How it is written, what may be left out in brackets: <c>elu[:alpha=1]</c>.</summary>
    public string Usage
    {
        get
        {
            var needed = string.Join(',', _parameters.Where(p => p.Default is null));
            var free = string.Join(',', _parameters.Where(p => p.Default is not null));
            return (needed, free) switch
            {
                ("", "") => Name,
                ("", _) => $"{Name}[:{free}]",
                (_, "") => $"{Name}:{needed}",
                _ => $"{Name}:{needed}[,{free}]",
            };
        }
    }

    /// <exception cref="FormatException">The numbers do not fit.</exception>
    public T Read(string numbers)
    {
        try
        {
            return Make(new Arguments(numbers, _parameters));
        }
        catch (FormatException e)
        {
            throw new FormatException($"{Name}: {e.Message}. It is written {Usage}.", e);
        }
        catch (ArgumentException e)
        {
            throw new FormatException(Messages.Of(e), e);
        }
    }
}
