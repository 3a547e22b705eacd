using System.Text.Json.Nodes;

namespace MLNet.GradStability;

/// <summary>
/// What an <see cref="OptionSweep{TOptions}"/> searches: parameters with a range or with values to choose from, and what each does to the options. Immutable:
/// every call returns a space with one parameter more. Start with <see cref="OptionSpace.Of{TOptions}"/>.
/// </summary>
/// <typeparam name="TOptions">The options that are made.</typeparam>
/// <remarks>
/// Parameters are applied in the order in which they were added, so that a later one sees what earlier ones did. When a parameter names a start, the first trial
/// takes the starts, the middle of ranges without one, and the first value of choices.
/// </remarks>
public sealed class OptionSpace<TOptions>
    where TOptions : notnull
{
    private const string Owner = "OptionSpace";
    private readonly Func<TrialPoint, TOptions> _create;

    internal OptionSpace(IReadOnlyList<SweepParameter> parameters, Func<TrialPoint, TOptions> create)
    {
        Parameters = new EquatableList<SweepParameter>(parameters);
        _create = create;
    }

    /// <summary>The parameters, in order.</summary>
    public IReadOnlyList<SweepParameter> Parameters { get; }

    /// <summary>Searches a number, every value of the range alike.</summary>
    /// <param name="name">Its name, unique in the space.</param>
    /// <param name="min">The lower bound; finite.</param>
    /// <param name="max">The upper bound, included; finite and above <paramref name="min"/>.</param>
    /// <param name="set">Puts a value into options.</param>
    /// <param name="start">The value of the first trial, within the bounds.</param>
    /// <exception cref="ArgumentException">The name is taken or empty, or a number is out of its range.</exception>
    public OptionSpace<TOptions> Uniform(string name, double min, double max, Func<TOptions, double, TOptions> set, double? start = null) =>
        Add(SweepParameter.Range(name, SweepScale.Uniform, false, min, max, start), set, value => value);

    /// <summary>Searches a number by its logarithm, as suits learning rates, penalties and thresholds.</summary>
    /// <param name="name">Its name, unique in the space.</param>
    /// <param name="min">The lower bound; finite and above 0.</param>
    /// <param name="max">The upper bound, included; finite and above <paramref name="min"/>.</param>
    /// <param name="set">Puts a value into options.</param>
    /// <param name="start">The value of the first trial, within the bounds.</param>
    /// <exception cref="ArgumentException">The name is taken or empty, or a number is out of its range.</exception>
    public OptionSpace<TOptions> LogUniform(string name, double min, double max, Func<TOptions, double, TOptions> set, double? start = null) =>
        Add(SweepParameter.Range(name, SweepScale.LogUniform, false, min, max, start), set, value => value);

    /// <summary>Searches a whole number.</summary>
    /// <param name="name">Its name, unique in the space.</param>
    /// <param name="min">The lower bound, included.</param>
    /// <param name="max">The upper bound, included; above <paramref name="min"/>.</param>
    /// <param name="set">Puts a value into options.</param>
    /// <param name="logarithmic">Whether every order of magnitude counts alike, for which <paramref name="min"/> must be 1 or more; default false.</param>
    /// <param name="start">The value of the first trial, within the bounds.</param>
    /// <exception cref="ArgumentException">The name is taken or empty, or a number is out of its range.</exception>
    public OptionSpace<TOptions> Integer(string name, int min, int max, Func<TOptions, int, TOptions> set, bool logarithmic = false, int? start = null) =>
        Add(SweepParameter.Range(name, logarithmic ? SweepScale.LogUniform : SweepScale.Uniform, true, min, max, start), set, value => (int)value);

    /// <summary>Searches one of several values: numbers, truth values, enumeration members, descriptions such as clippers or networks, or null for none.</summary>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="name">Its name, unique in the space.</param>
    /// <param name="set">Puts a value into options.</param>
    /// <param name="values">The values, which must differ.</param>
    /// <exception cref="ArgumentException">The name is taken or empty, or there are no values, or one is there twice.</exception>
    public OptionSpace<TOptions> Choice<T>(string name, Func<TOptions, T, TOptions> set, params IReadOnlyList<T> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return ChoiceFrom(name, set, values, start: null);
    }

    /// <summary>Searches further parameters where a choice takes one of its values, and nowhere else.</summary>
    /// <typeparam name="T">The type of the choice's values.</typeparam>
    /// <param name="choice">The name of the choice.</param>
    /// <param name="value">The value of it.</param>
    /// <param name="inner">Adds the parameters to the space that it is given.</param>
    /// <exception cref="ArgumentException">The space has no such choice, or the choice no such value.</exception>
    public OptionSpace<TOptions> When<T>(string choice, T value, Func<OptionSpace<TOptions>, OptionSpace<TOptions>> inner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        var parent = Enumerable.Range(0, Parameters.Count).Where(i => Parameters[i].Name == choice && Parameters[i].Scale == SweepScale.Choice).Select(i => (int?)i).FirstOrDefault()
            ?? throw new ArgumentException($"{Owner}: When must name a choice that was added before; got \"{choice}\", and there are {Names()}. Add the choice first.", nameof(choice));
        var index = Enumerable.Range(0, Parameters[parent].Values.Count).Where(i => Equals(Parameters[parent].Values[i], value)).Select(i => (int?)i).FirstOrDefault()
            ?? throw new ArgumentException($"{Owner}: When must name a value of \"{choice}\"; got {value}, and it has {string.Join(", ", Parameters[parent].Choices)}. Name one of these.", nameof(value));
        var condition = $"{choice} is {Parameters[parent].Choices[index]}";
        var more = inner(this);
        return new([.. more.Parameters.Select((parameter, i) => i < Parameters.Count ? parameter : parameter.When(parent, index, condition))], more._create);
    }

    /// <summary>The same space with other options made from these, such as <c>space.Select(sweep => sweep.ToOptions())</c>.</summary>
    /// <typeparam name="TResult">The other options.</typeparam>
    /// <param name="convert">Makes them.</param>
    public OptionSpace<TResult> Select<TResult>(Func<TOptions, TResult> convert)
        where TResult : notnull
    {
        ArgumentNullException.ThrowIfNull(convert);
        return new(Parameters, point => convert(_create(point)));
    }

    internal TOptions Create(TrialPoint point) => _create(point);

    internal OptionSpace<TOptions> ChoiceFrom<T>(string name, Func<TOptions, T, TOptions> set, IReadOnlyList<T> values, int? start)
    {
        var parameter = SweepParameter.Choice(name, values, start);
        return Add(parameter, set, index => (T)parameter.Values[(int)index]!);
    }

    /// <summary>What tells it from other spaces, for fingerprints: the parameters, and the options at the start as far as they can be written.</summary>
    internal JsonObject Describe() => new()
    {
        ["options"] = OptionText.Of(Create(Start())),
        ["parameters"] = new JsonArray([.. Parameters.Select(parameter => (JsonNode)parameter.Describe())]),
    };

    /// <summary>The starts, the middle of ranges without one, and the first value of choices.</summary>
    internal TrialPoint Start() => TrialPoint.Of(
        Parameters, i => Parameters[i].Start ?? (Parameters[i].Scale == SweepScale.Choice ? 0 : Parameters[i].FromUnit(0.5)));

    private OptionSpace<TOptions> Add<T>(SweepParameter parameter, Func<TOptions, T, TOptions> set, Func<double, T> read)
    {
        ArgumentNullException.ThrowIfNull(set);
        if (Parameters.Any(other => other.Name == parameter.Name))
        {
            throw new ArgumentException($"{Owner}: names must differ; \"{parameter.Name}\" is there already. Choose another name.", nameof(parameter));
        }

        var (index, create) = (Parameters.Count, _create);
        return new([.. Parameters, parameter], point => point[index] is { } value ? set(create(point), read(value)) : create(point));
    }

    private string Names() => Parameters.Count == 0 ? "none" : string.Join(", ", Parameters.Select(parameter => $"\"{parameter.Name}\""));
}
