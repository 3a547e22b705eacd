using System.Globalization;
using Microsoft.ML.SearchSpace;

namespace MLNet.GradStability;

/// <summary>Reads the attributes of Microsoft.ML.SearchSpace.</summary>
internal static class SpaceAttributes
{
    public static OptionSpace<TOptions> Read<TOptions>()
        where TOptions : class, new()
    {
        // Every trial has an object of its own, so that setting a member spoils nothing.
        var space = Add(new OptionSpace<TOptions>([], _ => new TOptions()), typeof(TOptions), string.Empty, options => options);
        return space.Parameters.Count > 0 ? space : throw new ArgumentException(
            $"OptionSpace.FromAttributes: {typeof(TOptions).Name} must have members with [Range], [Choice], [BooleanChoice] or [NestOption]; there are none. Add attributes of Microsoft.ML.SearchSpace.");
    }

    private static OptionSpace<TOptions> Add<TOptions>(OptionSpace<TOptions> space, Type type, string prefix, Func<TOptions, object> owner)
        where TOptions : class
    {
        foreach (var member in SearchedMember.Of(type))
        {
            var name = prefix + member.Name;
            space = member.Attribute switch
            {
                RangeAttribute range => AddRange(space, member, range, name, owner),
                ChoiceAttribute choice => AddChoice(space, member, choice.Candidates, choice.DefaultValue, name, owner),
                BooleanChoiceAttribute choice => AddChoice(space, member, [true, false], choice.DefaultValue, name, owner),
                _ => Add(space, member.Type, name + ".", options => member.Nested(owner(options))),
            };
        }

        return space;
    }

    private static OptionSpace<TOptions> AddRange<TOptions>(
        OptionSpace<TOptions> space, SearchedMember member, RangeAttribute range, string name, Func<TOptions, object> owner)
        where TOptions : class
    {
        var (min, max, logarithmic) = (ToDouble(range.Min), ToDouble(range.Max), range.LogBase);
        double? start = range.Init is null ? null : ToDouble(range.Init);
        if (range.Min is int)
        {
            return space.Integer(name, (int)min, (int)max, (options, value) => Set(options, value), logarithmic, (int?)start);
        }

        return logarithmic
            ? space.LogUniform(name, min, max, (options, value) => Set(options, value), start)
            : space.Uniform(name, min, max, (options, value) => Set(options, value), start);

        TOptions Set(TOptions options, object value)
        {
            member.Set(owner(options), value);
            return options;
        }
    }

    private static OptionSpace<TOptions> AddChoice<TOptions>(
        OptionSpace<TOptions> space, SearchedMember member, object[] candidates, object? first, string name, Func<TOptions, object> owner)
        where TOptions : class
    {
        var values = candidates.Select(member.Convert).ToArray();
        var start = first is null ? 0 : Array.IndexOf(values, member.Convert(first));
        return start >= 0
            ? space.ChoiceFrom(name, Set, values, start)
            : throw new ArgumentException($"OptionSpace.FromAttributes: the first value of {name} must be one of its candidates; got {first}. Correct [Choice].");

        TOptions Set(TOptions options, object value)
        {
            member.Set(owner(options), value);
            return options;
        }
    }

    private static double ToDouble(object number) => System.Convert.ToDouble(number, CultureInfo.InvariantCulture);
}
