using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace MLNet.GradStability.Tests;

/// <summary>docs/kinds.md lists every kind of every noun, with the signatures and defaults of the code, and nothing else.</summary>
public partial class KindsDocTests
{
    private static readonly Type[] Kinds =
        [.. typeof(Network).Assembly.GetTypes().Where(type => type.IsDefined(typeof(DescriptionKindAttribute), inherit: false))];

    private static readonly string[] NounNames = [.. Kinds.Select(kind => NounOf(kind).Name).Distinct().Order()];

    public static TheoryData<string> Nouns => [.. NounNames];

    [Fact]
    public void There_is_a_section_for_every_noun_and_no_other()
    {
        Assert.Equal(NounNames, Sections.Keys.Order());
    }

    [Theory]
    [MemberData(nameof(Nouns))]
    public void A_section_lists_the_kinds_of_the_code(string noun)
    {
        var inCode = Kinds.Where(kind => NounOf(kind).Name == noun).Select(kind => kind.GetCustomAttribute<DescriptionKindAttribute>()!.Name);

        Assert.Equal(inCode.Order(), Rows(noun).Select(row => row.Kind).Where(kind => kind.Length > 0).Distinct().Order());
    }

    [Theory]
    [MemberData(nameof(Nouns))]
    public void A_section_gives_the_signatures_and_defaults_of_the_code(string noun)
    {
        var type = NounOf(Kinds.First(kind => NounOf(kind).Name == noun));
        var inCode = type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(method => method.ReturnType == type && !method.IsSpecialName && !method.Name.StartsWith('<'))
            .Select(Signature);

        Assert.Equal(inCode.Order(), Rows(noun).Select(row => row.Signature).Order());
    }

    [Theory]
    [MemberData(nameof(Nouns))]
    public void Every_kind_says_what_it_does_and_when_to_choose_it(string noun)
    {
        Assert.All(Rows(noun), row =>
        {
            Assert.True(row.Meaning.Length > 5, row.Signature);
            Assert.True(row.When.Length > 5, row.Signature);
        });
    }

    [Theory]
    [MemberData(nameof(Nouns))]
    public void A_section_names_the_default_of_the_options(string noun)
    {
        var defaults = new NeuralNetworkOptions();
        foreach (var option in typeof(NeuralNetworkOptions).GetProperties().Where(property => property.PropertyType.Name == noun))
        {
            var kind = option.GetValue(defaults) is { } value ? $"`{KindOf(value, option.PropertyType)}`" : "none";

            Assert.Contains($"Option `NeuralNetworkOptions.{option.Name}`; default {kind}", Sections[noun], StringComparison.Ordinal);
        }
    }

    private static Dictionary<string, string> Sections { get; } = Heading()
        .Split(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Docs", "kinds.md")))
        .Skip(1)
        .Chunk(2)
        .ToDictionary(pair => pair[0], pair => pair[1]);

    [GeneratedRegex(@"^## (\w+)\s*$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^\| (?:`([^`]+)`|–) \| `([^`]+)` \| (.+) \| (.+) \|\s*$", RegexOptions.Multiline)]
    private static partial Regex Row();

    private static IEnumerable<(string Kind, string Signature, string Meaning, string When)> Rows(string noun) =>
        Row().Matches(Sections[noun]).Select(match => (match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value, match.Groups[4].Value));

    private static Type NounOf(Type type) => type.BaseType is { } parent && parent != typeof(object) ? NounOf(parent) : type;

    private static string KindOf(object value, Type noun)
    {
        using var json = JsonDocument.Parse(JsonSerializer.Serialize(value, noun, Descriptions.Options));
        return json.RootElement.GetProperty("kind").GetString()!;
    }

    private static string Signature(MethodInfo method) =>
        $"{(method.IsStatic ? string.Empty : ".")}{method.Name}({string.Join(", ", method.GetParameters().Select(Parameter))})";

    private static string Parameter(ParameterInfo parameter) => parameter.HasDefaultValue ? $"{parameter.Name} = {Text(parameter)}" : parameter.Name!;

    private static string Text(ParameterInfo parameter) => parameter.DefaultValue switch
    {
        null => "null",
        bool value => value ? "true" : "false",
        double value => Exponent().Replace(value.ToString(CultureInfo.InvariantCulture), "e-"),
        var value when parameter.ParameterType.IsEnum => Enum.GetName(parameter.ParameterType, value)!,
        var value => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    [GeneratedRegex("E-0?")]
    private static partial Regex Exponent();
}
