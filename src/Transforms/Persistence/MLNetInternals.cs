using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace MLNet.GradStability;

/// <summary>
/// The only file that reaches past ML.NET's public API, by reflection: the model-file calls and constructors that ML.NET keeps internal although
/// every component needs them. Tried with Microsoft.ML 5.0.0.
/// </summary>
internal static class MLNetInternals
{
    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
    private static readonly Assembly Core = typeof(ModelSaveContext).Assembly;
    private static readonly Type VersionInfo = CoreType("Microsoft.ML.VersionInfo");
    private static readonly Type LoadContext = CoreType("Microsoft.ML.ModelLoadContext");
    private static readonly MethodInfo SetVersionInfo = Method(typeof(ModelSaveContext), "SetVersionInfo", 1);
    private static readonly MethodInfo SaveBinaryStream = Method(typeof(ModelSaveContext), "SaveBinaryStream", 2);
    private static readonly MethodInfo TryLoadBinaryStream = Method(LoadContext, "TryLoadBinaryStream", 2);
    private static readonly Type InternalEnvironment = CoreType("Microsoft.ML.Runtime.IHostEnvironmentInternal");
    private static readonly PropertyInfo GpuDeviceId = Property(InternalEnvironment, "GpuDeviceId");
    private static readonly PropertyInfo FallbackToCpu = Property(InternalEnvironment, "FallbackToCpu");
    private static readonly MethodInfo GetEnvironment = Method(
        typeof(MLContext).Assembly.GetType("Microsoft.ML.Data.CatalogUtils") ?? throw Unsupported("Microsoft.ML.Data.CatalogUtils"), "GetEnvironment", 1);

    /// <summary>The environment behind a catalog, such as <c>ml.MulticlassClassification.Trainers</c> or <c>ml.Model</c>.</summary>
    public static IHostEnvironment EnvironmentOf(object catalog) => (IHostEnvironment)GetEnvironment.Invoke(null, [catalog])!;

    /// <summary>What <c>MLContext.GpuDeviceId</c> and <c>MLContext.FallbackToCpu</c> are now, of the context behind an environment.</summary>
    public static (int? Gpu, bool FallsBack) DeviceOf(IHostEnvironment environment) => InternalEnvironment.IsInstanceOfType(environment)
        ? ((int?)GpuDeviceId.GetValue(environment), (bool)FallbackToCpu.GetValue(environment)!)
        : (null, false);

    /// <summary>Whether the work of an environment was cancelled, as AutoML does at the end of its time; false where ML.NET does not tell.</summary>
    public static bool IsCancelled(IHostEnvironment environment) => environment.GetType().GetProperty("IsCanceled", Any)?.GetValue(environment) is true;

    /// <summary>A column of a <see cref="SchemaShape"/>, whose constructor is internal.</summary>
    public static SchemaShape.Column ShapeColumn(string name, SchemaShape.Column.VectorKind kind, DataViewType itemType, bool isKey, params SchemaShape.Column[] annotations) =>
        (SchemaShape.Column)Create(typeof(SchemaShape.Column), name, kind, itemType, isKey, new SchemaShape(annotations));

    /// <summary>What the trainers tell ML.NET of themselves: whether features want scaling; that they can validate; the data is read once, so it need not be cached.</summary>
    public static TrainerInfo CreateTrainerInfo(bool needsNormalization) =>
        (TrainerInfo)Create(typeof(TrainerInfo), needsNormalization, false, false, true, false, false);

    /// <summary>Writes the header of a component in a model file; <paramref name="modelSignature"/> has 8 characters.</summary>
    public static void SetVersion(ModelSaveContext context, string modelSignature, uint version, ModelComponent component) => SetVersionInfo.Invoke(
        context, [Create(VersionInfo, modelSignature, version, version, version, component.Type.Assembly.GetName().Name!, component.LoaderSignature, null!)]);

    /// <summary>Writes a stream beside the header.</summary>
    public static void SaveStream(ModelSaveContext context, string name, Action<BinaryWriter> write) =>
        SaveBinaryStream.Invoke(context, BindingFlags.DoNotWrapExceptions, null, [name, write], null);

    /// <summary>Reads a stream of a component; false when it is not there.</summary>
    public static bool TryLoadStream(object context, string name, Action<BinaryReader> read) =>
        (bool)TryLoadBinaryStream.Invoke(context, BindingFlags.DoNotWrapExceptions, null, [name, read], null)!;

    /// <summary>Makes an environment able to load a component through its <c>static Create(IHostEnvironment, object)</c>; again does no harm.</summary>
    public static void RegisterLoader(IHostEnvironment environment, ModelComponent component) =>
        environment.ComponentCatalog.RegisterAssembly(new LoaderAssembly(component));

    private static Type CoreType(string name) => Core.GetType(name) ?? throw Unsupported(name);

    private static MethodInfo Method(Type type, string name, int parameters) =>
        Array.Find(type.GetMethods(Any), method => method.Name == name && method.GetParameters().Length == parameters) ?? throw Unsupported($"{type.Name}.{name}");

    private static PropertyInfo Property(Type type, string name) => type.GetProperty(name, Any) ?? throw Unsupported($"{type.Name}.{name}");

    private static object Create(Type type, params object[] arguments)
    {
        var constructor = Array.Find(type.GetConstructors(Any), constructor => !constructor.IsStatic && constructor.GetParameters().Length == arguments.Length);
        return (constructor ?? throw Unsupported($"{type.Name}'s constructor")).Invoke(BindingFlags.DoNotWrapExceptions, null, arguments, null);
    }

    private static NotSupportedException Unsupported(string member) =>
        new($"Microsoft.ML must have the internal member {member}, as version 5.0.0 does; {Core.GetName().Version} ({Core.Location}) has not. Use Microsoft.ML 5.0.0.");

    /// <summary>Stands for an assembly that carries ML.NET's loader attribute, which is internal and cannot be written in source.</summary>
    private sealed class LoaderAssembly(ModelComponent component) : Assembly
    {
        public override string FullName => $"{component.Type.Assembly.GetName().Name}.{component.LoaderSignature}.Loader, Version=1.0.0.0";

        public override object[] GetCustomAttributes(Type attributeType, bool inherit)
        {
            var attribute = CoreType("Microsoft.ML.LoadableClassAttribute");
            if (!attributeType.IsAssignableFrom(attribute))
            {
                return (object[])Array.CreateInstance(attributeType, 0);
            }

            var constructor = attribute.GetConstructor([typeof(Type), typeof(Type), typeof(Type), typeof(string), typeof(string[])]) ?? throw Unsupported("LoadableClassAttribute's constructor");
            var attributes = (object[])Array.CreateInstance(attribute, 1);
            attributes[0] = constructor.Invoke([component.Type, null, CoreType("Microsoft.ML.SignatureLoadModel"), component.Type.Name, new[] { component.LoaderSignature }]);
            return attributes;
        }

        public override Type[] GetTypes() => [];

        public override AssemblyName[] GetReferencedAssemblies() => [];

        public override AssemblyName GetName() => new(FullName);
    }
}
