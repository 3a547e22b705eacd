using System.Globalization;
using MLNet.GradStability;

namespace Samples.Cli;

/// <summary>Something a sweep can search: <c>rate=1e-4..1e-1</c> is a range, <c>clip=1/agc/none</c> a choice.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Usage">How its values are written.</param>
/// <param name="Add">Adds it to a space around a draft, whose value is the first that is tried where it lies in the range.</param>
internal sealed record SearchTerm(string Name, string Usage, Func<OptionSpace<TrainingDraft>, TrainingDraft, string, OptionSpace<TrainingDraft>> Add)
{
    public static SearchTerm Number(string name, bool logarithmic, Func<TrainingDraft, double?> get, Func<TrainingDraft, double, TrainingDraft> set) => new(name, "a..b or a/b/c", (space, draft, text) =>
    {
        if (text.Split("..") is not [var low, var high])
        {
            return space.Choice(name, set, [.. text.Split('/').Select(value => Real(name, value))]);
        }

        var (min, max) = (Real(name, low), Real(name, high));
        var start = get(draft) is { } own && own >= min && own <= max ? own : (double?)null;
        return logarithmic ? space.LogUniform(name, min, max, set, start) : space.Uniform(name, min, max, set, start);
    });

    public static SearchTerm Integer(string name, Func<TrainingDraft, int?> get, Func<TrainingDraft, int, TrainingDraft> set) => new(name, "a..b or a/b/c", (space, draft, text) =>
    {
        if (text.Split("..") is not [var low, var high])
        {
            return space.Choice(name, set, [.. text.Split('/').Select(value => Whole(name, value))]);
        }

        var (min, max) = (Whole(name, low), Whole(name, high));
        return space.Integer(name, min, max, set, logarithmic: true, start: get(draft) is { } own && own >= min && own <= max ? own : null);
    });

    public static SearchTerm Kind<T>(KindTable<T> table, Func<TrainingDraft, T?, TrainingDraft> set)
        where T : class
    {
        var name = table.Option.TrimStart('-');
        return new(name, $"kinds as in {table.Option}: a/b/c", (space, _, text) =>
        {
            var made = text.Split('/').ToDictionary(value => value, table.Read);
            return space.Choice(name, (draft, value) => set(draft, made[value]), [.. made.Keys]);
        });
    }

    private static double Real(string name, string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new FormatException($"{name} must be searched among numbers, as in {name}=0.1..0.5 or {name}=0.1/0.2; got \"{text}\"");

    private static int Whole(string name, string text) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new FormatException($"{name} must be searched among whole numbers, as in {name}=16..128 or {name}=32/64; got \"{text}\"");
}
