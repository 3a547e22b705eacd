using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Checks and the exceptions they raise; what they raise is marked as intended.</summary>
internal static class Contracts
{
    private const string MarkKey = "ML_IsMarked";

    public static TException Mark<TException>(TException ex)
        where TException : Exception
    {
        ex.Data[MarkKey] = 1;
        return ex;
    }

    public static bool IsMarked(this Exception ex) => ex.Data.Contains(MarkKey);

    public static Exception Except(string message) => Mark(new InvalidOperationException(message));

    public static Exception Except(this IExceptionContext ctx, string message, Exception inner = null) =>
        Process(ctx, new InvalidOperationException(message, inner));

    public static Exception ExceptParam(string name, string message) => Mark(new ArgumentOutOfRangeException(name, message));

    public static Exception ExceptParam(this IExceptionContext ctx, string name, string message) =>
        Process(ctx, new ArgumentOutOfRangeException(name, message));

    public static Exception ExceptDecode(string message) => Mark(new FormatException(message));

    public static Exception ExceptDecode(this IExceptionContext ctx, string message, Exception inner = null) =>
        Process(ctx, new FormatException(message, inner));

    public static Exception ExceptNotSupp(string message) => Mark(new NotSupportedException(message));

    /// <summary>The named column is missing.</summary>
    public static Exception ExceptSchemaMismatch(string name, string columnRole, string columnName) =>
        ExceptParam(name, $"Could not find {columnRole} column '{columnName}'");

    /// <summary>The named column has the wrong type.</summary>
    public static Exception ExceptSchemaMismatch(
        string name, string columnRole, string columnName, string expectedType, string actualType) =>
        ExceptParam(name, $"Schema mismatch for {columnRole} column '{columnName}': expected {expectedType}, got {actualType}");

    public static void Check(bool condition, string message)
    {
        if (!condition)
            throw Except(message);
    }

    public static void CheckParam(bool condition, string name)
    {
        if (!condition)
            throw Mark(new ArgumentOutOfRangeException(name));
    }

    public static void CheckParam(bool condition, string name, string message)
    {
        if (!condition)
            throw ExceptParam(name, message);
    }

    public static void CheckDecode(bool condition, string message = null)
    {
        if (!condition)
            throw message == null ? Mark(new FormatException()) : ExceptDecode(message);
    }

    public static void CheckValue<T>(T value, string name)
        where T : class
    {
        if (value == null)
            throw Mark(new ArgumentNullException(name));
    }

    public static T CheckRef<T>(T value, string name)
        where T : class
    {
        CheckValue(value, name);
        return value;
    }

    public static void CheckNonEmpty(string value, string name)
    {
        if (string.IsNullOrEmpty(value))
            throw ExceptParam(name, $"{name} cannot be null or empty");
    }

    private static TException Process<TException>(IExceptionContext ctx, TException ex)
        where TException : Exception => ctx == null ? Mark(ex) : ctx.Process(ex);
}
