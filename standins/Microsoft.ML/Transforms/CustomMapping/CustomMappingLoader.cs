using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

[assembly: LoadableClass(typeof(ITransformer), typeof(CustomMappingLoader), null, typeof(SignatureLoadModel),
    "Custom Mapping", CustomMappingLoader.LoaderSignature)]

namespace Microsoft.ML.Transforms;

/// <summary>Saves custom mappings by the names of their contract and assembly, and loads them through the contract's factory.</summary>
internal static class CustomMappingLoader
{
    public const string LoaderSignature = "CustomTransformer";

    private static readonly VersionInfo Version = TransformVersion.Of("CUSTOMXF", LoaderSignature);

    public static void Save(ModelSaveContext ctx, string contractName, Assembly assembly)
    {
        var writer = ctx.WriterOf(Version);
        writer.Write(contractName);
        writer.Write(assembly.GetName().FullName);
    }

    private static ITransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        var reader = ctx.ReaderOf(Version);
        string contractName = reader.ReadString();
        env.ComponentCatalog.RegisterAssembly(Assembly.Load(reader.ReadString()));
        object factory = env.ComponentCatalog.GetExtensionValue(env, typeof(CustomMappingFactoryAttributeAttribute), contractName);
        return factory is ICustomMappingFactory mapping ? mapping.CreateTransformer(contractName) : throw env.Except(
            $"The class with contract '{contractName}' must derive from '{typeof(CustomMappingFactory<,>).FullName}'.");
    }
}
