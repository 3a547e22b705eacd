namespace Microsoft.ML;

/// <summary>The signature of what loads a model.</summary>
internal delegate void SignatureLoadModel(ModelLoadContext ctx);

/// <summary>Declares a class that the component catalog can create by one of its load names.</summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
internal sealed class LoadableClassAttribute : LoadableClassAttributeBase
{
    public LoadableClassAttribute(Type instType, Type argType, Type sigType, string userName, params string[] loadNames)
        : base(null, instType, instType, argType, [sigType], userName, loadNames)
    {
    }

    public LoadableClassAttribute(Type instType, Type loaderType, Type argType, Type sigType, string userName, params string[] loadNames)
        : base(null, instType, loaderType, argType, [sigType], userName, loadNames)
    {
    }
}

/// <summary>The parts of such a declaration.</summary>
internal abstract class LoadableClassAttributeBase : Attribute
{
    protected LoadableClassAttributeBase(
        string summary, Type instType, Type loaderType, Type argType, Type[] sigTypes, string userName, params string[] loadNames)
    {
        Contracts.CheckValue(instType, nameof(instType));
        Contracts.CheckValue(loaderType, nameof(loaderType));
        InstanceType = instType;
        LoaderType = loaderType;
        SigTypes = sigTypes;
        var invoke = sigTypes[0].GetMethod("Invoke");
        Contracts.CheckValue(invoke, nameof(sigTypes));
        CtorTypes = [.. invoke!.GetParameters().Select(p => p.ParameterType)];
        if (argType != null)
            CtorTypes = [argType, .. CtorTypes];
        Summary = summary;
        UserName = userName;
        LoadNames = loadNames is { Length: > 0 } ? loadNames : [userName];
    }

    public Type InstanceType { get; }

    public Type LoaderType { get; }

    public Type[] SigTypes { get; }

    public Type[] CtorTypes { get; }

    public string Summary { get; }

    public string UserName { get; }

    public string[] LoadNames { get; }
}
