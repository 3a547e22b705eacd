using System.Reflection;

namespace Microsoft.ML.Runtime;

/// <summary>The components that a model file may name.</summary>
public sealed class ComponentCatalog
{
    private readonly object _lock = new();
    private readonly HashSet<string> _assemblies = [];
    private readonly Dictionary<(string Name, Type Signature), LoadableClass> _classes = [];
    private readonly Dictionary<(Type Attribute, string Contract), Type> _extensions = [];

    internal ComponentCatalog()
    {
    }

    /// <summary>Registers what the assembly declares as loadable; an assembly already seen is passed over.</summary>
    public void RegisterAssembly(Assembly assembly, bool throwOnError = true)
    {
        lock (_lock)
        {
            if (!_assemblies.Add(assembly.FullName))
                return;
            foreach (LoadableClassAttributeBase declared in assembly.GetCustomAttributes(typeof(LoadableClassAttributeBase)))
                Add(declared, throwOnError);
            foreach (var type in assembly.GetTypes().Where(t => t.IsClass))
                foreach (ExtensionBaseAttribute extension in type.GetCustomAttributes(typeof(ExtensionBaseAttribute)))
                    AddExtension(extension, type, throwOnError);
        }
    }

    internal static bool TryCreateInstance<TRes>(IHostEnvironment env, Type signature, out TRes result, string name, params object[] args)
        where TRes : class
    {
        result = null;
        var catalog = env.ComponentCatalog;
        LoadableClass found;
        lock (catalog._lock)
        {
            if (!catalog._classes.TryGetValue((name.ToLowerInvariant().Trim(), signature), out found))
                return false;
        }
        if (!typeof(TRes).IsAssignableFrom(found.Type))
            throw env.Except($"Loadable class '{name}' does not derive from '{typeof(TRes).FullName}'");
        result = (TRes)found.Create(env, args);
        return true;
    }

    /// <summary>Creates the class that carries the attribute with the given contract name.</summary>
    internal object GetExtensionValue(IHostEnvironment env, Type attributeType, string contractName)
    {
        lock (_lock)
        {
            if (_extensions.TryGetValue((attributeType, contractName), out var type))
                return Activator.CreateInstance(type);
        }
        throw env.Except($"Unable to locate an extension for the contract '{contractName}'. Ensure you have called " +
            "ComponentCatalog.RegisterAssembly with the Assembly that contains a class decorated with a " +
            $"'{attributeType.FullName}'.");
    }

    private void Add(LoadableClassAttributeBase declared, bool throwOnError)
    {
        var loadable = LoadableClass.Find(declared);
        if (loadable == null && throwOnError)
            throw Contracts.Except($"Can't instantiate loadable class '{declared.InstanceType.Name}' with name '{declared.LoadNames[0]}'");
        if (loadable == null)
            return;
        foreach (var signature in declared.SigTypes)
        {
            foreach (string name in declared.LoadNames)
            {
                if (!_classes.TryAdd((name.ToLowerInvariant(), signature), loadable) && throwOnError)
                {
                    throw Contracts.Except(
                        $"ComponentCatalog cannot map name '{name}' and SignatureType '{signature}' to {loadable.Type.Name}, " +
                        $"already mapped to {_classes[(name.ToLowerInvariant(), signature)].Type.Name}.");
                }
            }
        }
    }

    private void AddExtension(ExtensionBaseAttribute extension, Type type, bool throwOnError)
    {
        if (!_extensions.TryAdd((extension.GetType(), extension.ContractName), type) && throwOnError)
        {
            throw Contracts.Except($"An extension for '{extension.GetType().Name}' with contract '{extension.ContractName}' " +
                "has already been registered in the ComponentCatalog.");
        }
    }
}
