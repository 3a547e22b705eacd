using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;

namespace Microsoft.ML.Data;

/// <summary>A member of a class bound to a column.</summary>
internal sealed record MemberColumn(string Name, DataViewType Type, DataViewSchema.Annotations Annotations, MemberInfo Member)
{
    public Type MemberType => TypeOf(Member);

    /// <summary>The columns of a class by the definition, or by its own members without one.</summary>
    public static MemberColumn[] Bind(Type userType, SchemaDefinition definition, SchemaDefinition.Direction direction) =>
        [.. (definition ?? SchemaDefinition.Create(userType, direction)).Select(column => Bind(userType, column))];

    /// <summary>The schema of the columns.</summary>
    public static DataViewSchema SchemaOf(IEnumerable<MemberColumn> columns)
    {
        var builder = new DataViewSchema.Builder();
        foreach (var column in columns)
            builder.AddColumn(column.Name, column.Type, column.Annotations);
        return builder.ToSchema();
    }

    /// <summary>The class's own definition with the types and annotations of the schema.</summary>
    public static SchemaDefinition DefinitionFor(Type userType, DataViewSchema schema)
    {
        var definition = SchemaDefinition.Create(userType, SchemaDefinition.Direction.Read);
        foreach (var column in schema)
        {
            var member = definition[column.Name] ?? throw Contracts.Except($"Type should contain a member named {column.Name}");
            member.ColumnType = column.Type;
            member.SetAnnotations(column.Annotations);
        }
        return definition;
    }

    public static Type TypeOf(MemberInfo member) => member is FieldInfo field ? field.FieldType : ((PropertyInfo)member).PropertyType;

    /// <summary>Whether the member holds a vector, and the type of its items.</summary>
    public static (bool IsVector, Type Item) Items(MemberInfo member)
    {
        var (isVector, item) = Split(TypeOf(member));
        if (DataKinds.PrimitiveTypeOrNull(item) == null)
        {
            throw Contracts.ExceptParam("rawType",
                $"Could not determine an IDataView type and registered custom types for member {member.Name}");
        }
        return (isVector, item);
    }

    /// <summary>The parts of a member's type: string counts as text.</summary>
    public static (bool IsVector, Type Item) Split(Type type)
    {
        bool isBuffer = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(VBuffer<>);
        var item = type.IsArray ? type.GetElementType() : isBuffer ? type.GetGenericArguments()[0] : type;
        return (type.IsArray || isBuffer, item == typeof(string) ? typeof(ReadOnlyMemory<char>) : item);
    }

    /// <summary>Reads the member of an object.</summary>
    public Func<TRow, TValue> Reader<TRow, TValue>() => MemberAccess<TRow, TValue>.Readers.GetOrAdd(Member, static member =>
    {
        var row = Expression.Parameter(typeof(TRow));
        return Expression.Lambda<Func<TRow, TValue>>(Expression.MakeMemberAccess(row, member), row).Compile();
    });

    /// <summary>Writes the member of an object.</summary>
    public Action<TRow, TValue> Writer<TRow, TValue>() => MemberAccess<TRow, TValue>.Writers.GetOrAdd(Member, static member =>
    {
        var row = Expression.Parameter(typeof(TRow));
        var value = Expression.Parameter(typeof(TValue));
        var assign = Expression.Assign(Expression.MakeMemberAccess(row, member), value);
        return Expression.Lambda<Action<TRow, TValue>>(assign, row, value).Compile();
    });

    private static MemberColumn Bind(Type userType, SchemaDefinition.Column column)
    {
        var member = userType.GetField(column.MemberName) ?? (MemberInfo)userType.GetProperty(column.MemberName)
            ?? throw Contracts.ExceptParam("userSchemaDefinition",
                $"No field or property with name '{column.MemberName}' found in type '{userType.FullName}'");
        var (isVector, item) = Items(member);
        string name = string.IsNullOrEmpty(column.ColumnName) ? column.MemberName : column.ColumnName;
        var type = column.ColumnType ?? (isVector ? new VectorDataViewType(DataKinds.PrimitiveType(item)) : DataKinds.PrimitiveType(item));
        if (isVector != type is VectorDataViewType)
        {
            throw Contracts.ExceptParam("userSchemaDefinition", $"Column '{name}' is supposed to be {(isVector ? "scalar" : "vector")}, " +
                $"but type of associated field '{column.MemberName}' is {(isVector ? "vector" : "scalar")}");
        }
        if (type.GetItemType().RawType != item)
        {
            throw Contracts.ExceptParam("userSchemaDefinition",
                $"Column '{name}' is supposed to have item type {type.GetItemType().RawType}, but associated field has type {item}");
        }
        return new(name, type, column.Annotations, member);
    }
}

/// <summary>Compiled access to members, kept because compiling takes far longer than reading.</summary>
internal static class MemberAccess<TRow, TValue>
{
    public static readonly ConcurrentDictionary<MemberInfo, Func<TRow, TValue>> Readers = new();

    public static readonly ConcurrentDictionary<MemberInfo, Action<TRow, TValue>> Writers = new();
}
