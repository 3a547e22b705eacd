using System.Globalization;
using System.Reflection;
using Microsoft.ML.SearchSpace;

namespace MLNet.GradStability;

/// <summary>A field or property with an attribute of Microsoft.ML.SearchSpace.</summary>
internal sealed class SearchedMember
{
    private const BindingFlags Members = BindingFlags.Public | BindingFlags.Instance;
    private const string Owner = "OptionSpace.FromAttributes";
    private readonly Func<object, object?> _get;
    private readonly Action<object, object?> _set;

    private SearchedMember(MemberInfo member, Type type, Attribute attribute, Func<object, object?> get, Action<object, object?> set)
    {
        Name = member.Name;
        Type = type;
        Attribute = attribute;
        (_get, _set) = (get, set);
        Check($"{member.DeclaringType!.Name}.{member.Name}");
    }

    public string Name { get; }

    public Type Type { get; }

    public Attribute Attribute { get; }

    /// <summary>The members of a class: properties, then fields, each in the order in which they are declared.</summary>
    public static IEnumerable<SearchedMember> Of(Type type)
    {
        foreach (var member in type.GetMembers(Members).OrderBy(member => member is FieldInfo).ThenBy(member => member.MetadataToken))
        {
            var found = member.GetCustomAttributes().Where(attribute => attribute is RangeAttribute or ChoiceAttribute or BooleanChoiceAttribute or NestOptionAttribute).ToArray();
            if (found.Length > 1)
            {
                throw new ArgumentException($"{Owner}: {type.Name}.{member.Name} must have one of [Range], [Choice], [BooleanChoice] and [NestOption]; it has {found.Length}. Leave one.");
            }

            if (found.Length == 1)
            {
                yield return member switch
                {
                    PropertyInfo { CanWrite: true, CanRead: true } property => new(property, property.PropertyType, found[0], property.GetValue, property.SetValue),
                    FieldInfo field => new(field, field.FieldType, found[0], field.GetValue, field.SetValue),
                    _ => throw new ArgumentException($"{Owner}: {type.Name}.{member.Name} must be readable and settable to be searched. Give it get and set."),
                };
            }
        }
    }

    /// <summary>A value as the member's type holds it.</summary>
    public object Convert(object value) => value.GetType() == Type
        ? value
        : Type.IsEnum && value is string name ? Enum.Parse(Type, name) : System.Convert.ChangeType(value, Type, CultureInfo.InvariantCulture);

    public void Set(object owner, object value) => _set(owner, Convert(value));

    /// <summary>The object within, made where there is none.</summary>
    public object Nested(object owner)
    {
        var nested = _get(owner);
        if (nested is null)
        {
            nested = Activator.CreateInstance(Type)!;
            _set(owner, nested);
        }

        return nested;
    }

    private void Check(string member)
    {
        var (holds, rule) = Attribute switch
        {
            RangeAttribute { Min: int } => (IsNumber(), "be a number for [Range]"),
            RangeAttribute => (Type == typeof(double) || Type == typeof(float), "be double or float for a [Range] of these"),
            BooleanChoiceAttribute => (Type == typeof(bool), "be bool for [BooleanChoice]"),
            NestOptionAttribute => (Type is { IsClass: true, IsAbstract: false } && Type.GetConstructor([]) is not null, "be a class with a constructor without parameters for [NestOption]"),
            _ => (Type.IsEnum || Type == typeof(string) || Type == typeof(bool) || Type == typeof(char) || IsNumber(), "be an enumeration, a number, a truth value or a string for [Choice]"),
        };
        if (!holds)
        {
            throw new ArgumentException($"{Owner}: {member} must {rule}; it is {Type.Name}. Change its type or its attribute.");
        }
    }

    private bool IsNumber() => Type == typeof(int) || Type == typeof(short) || Type == typeof(long) || Type == typeof(float) || Type == typeof(double);
}
