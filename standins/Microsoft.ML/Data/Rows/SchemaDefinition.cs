using System.Reflection;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>How the members of a class are columns.</summary>
public sealed class SchemaDefinition : List<SchemaDefinition.Column>
{
    private SchemaDefinition()
    {
    }

    /// <summary>Which way members are used.</summary>
    [Flags]
    public enum Direction
    {
        /// <summary>Members are read.</summary>
        Read = 1,

        /// <summary>Members are written.</summary>
        Write = 2,

        /// <summary>Both.</summary>
        Both = Read | Write,
    }

    /// <summary>The column of the name, or null.</summary>
    public Column this[string columnName]
    {
        get => this.FirstOrDefault(c => c.ColumnName == columnName);
        set
        {
            Contracts.CheckValue(value, nameof(value));
            if (value.ColumnName != columnName)
            {
                throw Contracts.ExceptParam(nameof(columnName),
                    $"The column name is specified as '{value.ColumnName}' but must match the selector '{columnName}'.");
            }
            int index = FindIndex(c => c.ColumnName == columnName);
            if (index >= 0)
                this[index] = value;
            else
                Add(value);
        }
    }

    /// <summary>The definition that the class's members and their attributes give.</summary>
    public static SchemaDefinition Create(Type userType, Direction direction = Direction.Both)
    {
        var definition = new SchemaDefinition();
        foreach (var member in Members(userType, direction).Where(IsColumn))
        {
            string name = NameOf(member);
            if (definition[name] != null)
                throw Contracts.ExceptParam(nameof(userType), $"Duplicate column name '{name}' detected, this is disallowed");
            definition.Add(new(member.Name, TypeOf(member), name));
        }
        return definition;
    }

    internal static IEnumerable<MemberInfo> Members(Type userType, Direction direction)
    {
        Contracts.CheckValue(userType, nameof(userType));
        var properties = userType.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.GetIndexParameters().Length == 0
            && ((direction.HasFlag(Direction.Read) && p.GetGetMethod() != null)
                || (direction.HasFlag(Direction.Write) && p.GetSetMethod() != null)));
        return userType.GetFields(BindingFlags.Public | BindingFlags.Instance).Concat<MemberInfo>(properties);
    }

    internal static bool IsColumn(MemberInfo member) =>
        MemberColumn.TypeOf(member) != typeof(IChannel) && member.GetCustomAttribute<NoColumnAttribute>() == null;

    internal static string NameOf(MemberInfo member) => member.GetCustomAttribute<ColumnNameAttribute>()?.Name ?? member.Name;

    private static DataViewType TypeOf(MemberInfo member)
    {
        var (isVector, type) = MemberColumn.Items(member);
        var key = member.GetCustomAttribute<KeyTypeAttribute>();
        if (key != null && !KeyDataViewType.IsValidDataType(type))
        {
            throw Contracts.ExceptParam("userType",
                $"Member {member.Name} marked with KeyType attribute, but does not appear to be a valid kind of data for a key type");
        }
        PrimitiveDataViewType item = key != null ? key.KeyCount.KeyType(type) : DataKinds.PrimitiveType(type);
        var vector = member.GetCustomAttribute<VectorTypeAttribute>();
        if (vector != null && !isVector)
        {
            throw Contracts.ExceptParam("userType",
                $"Member {member.Name} marked with VectorTypeAttribute, but does not appear to be a vector type");
        }
        return !isVector ? item : vector is { Dims.Length: > 0 } ? new VectorDataViewType(item, vector.Dims) : new VectorDataViewType(item);
    }

    /// <summary>How one member is a column.</summary>
    public sealed class Column
    {
        private readonly DataViewSchema.Annotations.Builder _annotations = new();

        internal Column(string memberName, DataViewType columnType, string columnName)
        {
            MemberName = memberName;
            ColumnType = columnType;
            ColumnName = columnName;
        }

        /// <summary>The member.</summary>
        public string MemberName { get; }

        /// <summary>The column's name.</summary>
        public string ColumnName { get; set; }

        /// <summary>The column's type.</summary>
        public DataViewType ColumnType { get; set; }

        /// <summary>The column's annotations.</summary>
        public DataViewSchema.Annotations Annotations => _annotations.ToAnnotations();

        /// <summary>Adds an annotation.</summary>
        public void AddAnnotation<T>(string kind, T value, DataViewType annotationType)
        {
            Contracts.CheckValue(kind, nameof(kind));
            Contracts.CheckValue(annotationType, nameof(annotationType));
            if (Annotations.Schema.GetColumnOrNull(kind) != null)
                throw Contracts.Except("Column already contains an annotation of this kind.");
            _annotations.Add(kind, annotationType, (ref T dst) => dst = value);
        }

        internal void SetAnnotations(DataViewSchema.Annotations annotations) => _annotations.Add(annotations, _ => true);
    }
}
