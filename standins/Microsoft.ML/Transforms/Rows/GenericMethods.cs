using System.Reflection;

namespace Microsoft.ML.Data;

/// <summary>Calls a generic method with type arguments known only at run time.</summary>
internal static class GenericMethods
{
    /// <summary>Calls <paramref name="sample"/>'s method with other type arguments; a lambda will not do.</summary>
    public static TResult Invoke<TResult>(Delegate sample, Type[] types, params object[] args) =>
        (TResult)sample.Method.GetGenericMethodDefinition().MakeGenericMethod(types)
            .Invoke(sample.Target, BindingFlags.DoNotWrapExceptions, null, args, null);
}
