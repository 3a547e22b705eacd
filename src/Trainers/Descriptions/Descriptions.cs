using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace MLNet.GradStability;

/// <summary>Writes descriptions (networks, clippers, optimisers …) as JSON and reads them back, own kinds of a user included.</summary>
/// <remarks>
/// Only registered kinds are read: the library's own, and those a program hands to <see cref="Register{T}"/>.
/// A file can therefore never name a type that the program did not choose to trust.
/// </remarks>
public static class Descriptions
{
    private static readonly object Gate = new();
    private static readonly List<Type> Kinds = [.. typeof(Descriptions).Assembly.GetTypes().Where(IsKind)];
    private static JsonSerializerOptions? s_options;

    /// <summary>Makes a description type of your own readable from JSON and so from saved models.</summary>
    /// <typeparam name="T">A record marked with <see cref="DescriptionKindAttribute"/> that derives from one of the nouns, such as <see cref="GradientTransform"/>.</typeparam>
    /// <exception cref="ArgumentException">The type has no kind name, or another type of the same noun has it already.</exception>
    public static void Register<T>()
        where T : class
    {
        var type = typeof(T);
        if (!IsKind(type))
        {
            throw new ArgumentException($"Descriptions.Register: {type.Name} must be a non-abstract class marked with [DescriptionKind(\"name\")]. Add the attribute.");
        }

        lock (Gate)
        {
            if (Kinds.Contains(type))
            {
                return;
            }

            var twin = Kinds.FirstOrDefault(other => NounOf(other) == NounOf(type) && NameOf(other) == NameOf(type));
            if (twin is not null)
            {
                throw new ArgumentException($"Descriptions.Register: the kind name \"{NameOf(type)}\" of {type.Name} must be unique; {twin.Name} has it already. Choose another name.");
            }

            Kinds.Add(type);
            s_options = null;
        }
    }

    /// <summary>The JSON text of a description.</summary>
    /// <typeparam name="T">The noun, such as <see cref="Network"/>.</typeparam>
    /// <param name="description">The description.</param>
    /// <exception cref="NotSupportedException">The description is, or holds, a kind that is not registered.</exception>
    public static string ToJson<T>(T description) => Write(options => JsonSerializer.Serialize(description, options));

    /// <summary>Reads a description from JSON text.</summary>
    /// <typeparam name="T">The noun, such as <see cref="Network"/>.</typeparam>
    /// <param name="json">Text made by <see cref="ToJson{T}"/>.</param>
    /// <exception cref="FormatException">The text is no such description, or names a kind that is not registered.</exception>
    public static T FromJson<T>(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, Options)
                ?? throw new FormatException($"The text must describe a {typeof(T).Name}; got null.");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or ArgumentException)
        {
            throw new FormatException(
                $"The text is not a valid {typeof(T).Name}: {e.Message} If it uses a kind of your own, call Descriptions.Register<…>() for it first.", e);
        }
    }

    /// <summary>The JSON of a description, or of something that holds descriptions, as UTF-8.</summary>
    internal static byte[] ToUtf8<T>(T description) => Write(options => JsonSerializer.SerializeToUtf8Bytes(description, options));

    internal static JsonSerializerOptions Options
    {
        get
        {
            lock (Gate)
            {
                return s_options ??= CreateOptions([.. Kinds]);
            }
        }
    }

    private static T Write<T>(Func<JsonSerializerOptions, T> write)
    {
        try
        {
            return write(Options);
        }
        catch (NotSupportedException e)
        {
            throw new NotSupportedException(
                $"A description can be written only when every kind in it is registered: {e.Message} Mark a type of your own with [DescriptionKind(\"name\")] and call Descriptions.Register<…>() for it when the program starts.", e);
        }
    }

    private static JsonSerializerOptions CreateOptions(Type[] kinds) => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { info => AddKinds(info, kinds) } },
    };

    private static void AddKinds(JsonTypeInfo info, Type[] kinds)
    {
        if (!info.Type.IsAbstract)
        {
            return;
        }

        var derived = kinds.Where(kind => kind.IsSubclassOf(info.Type)).ToList();
        if (derived.Count == 0)
        {
            return;
        }

        info.PolymorphismOptions = new JsonPolymorphismOptions { TypeDiscriminatorPropertyName = "kind" };
        foreach (var kind in derived)
        {
            info.PolymorphismOptions.DerivedTypes.Add(new JsonDerivedType(kind, NameOf(kind)));
        }
    }

    private static bool IsKind(Type type) => type is { IsClass: true, IsAbstract: false } && type.IsDefined(typeof(DescriptionKindAttribute), false);

    private static string NameOf(Type type) => type.GetCustomAttribute<DescriptionKindAttribute>(false)!.Name;

    private static Type NounOf(Type type) => type.BaseType is { } b && b != typeof(object) ? NounOf(b) : type;
}
