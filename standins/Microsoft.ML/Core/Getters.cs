namespace Microsoft.ML.Data;

/// <summary>What all rows need to hand out getters.</summary>
internal static class Getters
{
    /// <summary>What a getter says when its cursor stands on no row.</summary>
    public const string NoRow = "Values cannot be fetched at this time. This method was called either before the first call to MoveNext, " +
        "or at any point after that method returned false.";

    /// <summary>The getter as one of the wanted type, or an exception that names both.</summary>
    public static ValueGetter<TValue> Typed<TValue>(Delegate getter) => getter as ValueGetter<TValue>
        ?? throw Contracts.Except(
            $"Invalid TValue in GetGetter: '{typeof(TValue)}', expected type: '{getter.GetType().GetGenericArguments()[0]}'.");

    /// <summary>Which of the schema's columns are among the given ones.</summary>
    public static bool[] ActiveFlags(this DataViewSchema schema, IEnumerable<DataViewSchema.Column> columns)
    {
        bool[] active = new bool[schema.Count];
        foreach (var column in columns)
        {
            Contracts.CheckParam(column.Index < active.Length && schema[column.Index].Name == column.Name, nameof(columns),
                $"Column '{column.Name}' is not one of the schema's");
            active[column.Index] = true;
        }
        return active;
    }
}
