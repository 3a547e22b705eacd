using Microsoft.ML;

namespace MLNet.GradStability;

/// <summary>Errors about columns that the transforms share, and the finding of columns that they are about.</summary>
internal static class TransformErrors
{
    /// <summary>Finds a column by name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static DataViewSchema.Column Find(DataViewSchema schema, string owner, string parameter, string name) =>
        schema.GetColumnOrNull(name) ?? throw Missing(owner, parameter, name, schema.Select(other => other.Name));

    /// <summary>Finds the shape of a column by name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static SchemaShape.Column Find(SchemaShape shape, string owner, string parameter, string name)
    {
        var found = shape.Where(column => column.Name == name).ToArray();
        return found.Length > 0 ? found[^1] : throw Missing(owner, parameter, name, shape.Select(other => other.Name));
    }

    /// <summary>What a column's type is called in messages about its shape.</summary>
    public static string Describe(SchemaShape.Column column) => $"{column.Kind} of {(column.IsKey ? "keys" : column.ItemType)}";

    public static ArgumentException Missing(string owner, string parameter, string name, IEnumerable<string> there) =>
        new($"{owner}: the data must have a column \"{name}\"; it has {string.Join(", ", there)}. Name an existing column.", parameter);

    public static ArgumentException WrongType(string owner, string parameter, string name, string rule, object found, string remedy) =>
        new($"{owner}: the column \"{name}\" must be {rule}; it is {found}. {remedy}", parameter);
}
