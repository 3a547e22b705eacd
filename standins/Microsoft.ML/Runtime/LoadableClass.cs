using System.Reflection;

namespace Microsoft.ML.Runtime;

/// <summary>A loadable class and the constructor or static Create method that makes it.</summary>
internal sealed class LoadableClass
{
    private const BindingFlags AnyVisibility = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.FlattenHierarchy;

    private readonly MethodBase _maker;
    private readonly bool _wantsEnvironment;

    private LoadableClass(Type type, MethodBase maker, bool wantsEnvironment)
    {
        Type = type;
        _maker = maker;
        _wantsEnvironment = wantsEnvironment;
    }

    public Type Type { get; }

    /// <summary>The class as declared, or null when nothing can make it.</summary>
    public static LoadableClass Find(LoadableClassAttributeBase declared)
    {
        var constructor = FindMaker(declared, FindConstructor);
        var create = FindMaker(declared, FindCreate);
        if (constructor != null && create != null)
        {
            int byAccess = Access(constructor._maker).CompareTo(Access(create._maker));
            if (byAccess == 0)
            {
                throw Contracts.Except($"Can't load type {declared.InstanceType}, because it has both create and constructor methods " +
                    "with the same visibility. Please indicate which one should be used by changing either the signature or " +
                    "the visibility of one of them.");
            }
            return byAccess > 0 ? constructor : create;
        }
        return constructor ?? create;
    }

    public object Create(IHostEnvironment env, object[] args)
    {
        object[] all = _wantsEnvironment ? [env, .. args] : args;
        try
        {
            return _maker is ConstructorInfo constructor ? constructor.Invoke(all) : _maker.Invoke(null, all);
        }
        catch (TargetInvocationException ex) when (ex.InnerException?.IsMarked() == true)
        {
            throw Contracts.Mark(new InvalidOperationException("Error during class instantiation", ex));
        }
    }

    private static LoadableClass FindMaker(
        LoadableClassAttributeBase declared, Func<LoadableClassAttributeBase, Type[], MethodBase> find)
    {
        if (find(declared, declared.CtorTypes) is { } plain)
            return new(declared.InstanceType, plain, wantsEnvironment: false);
        var hosted = find(declared, [typeof(IHostEnvironment), .. declared.CtorTypes]);
        return hosted == null ? null : new(declared.InstanceType, hosted, wantsEnvironment: true);
    }

    private static MethodBase FindConstructor(LoadableClassAttributeBase declared, Type[] types) =>
        declared.InstanceType.IsAssignableFrom(declared.LoaderType)
            ? declared.LoaderType.GetConstructor(BindingFlags.Instance | AnyVisibility, null, types, null)
            : null;

    private static MethodBase FindCreate(LoadableClassAttributeBase declared, Type[] types) =>
        declared.LoaderType.GetMethod("Create", BindingFlags.Static | AnyVisibility, null, types, null) is { } create
            && create.DeclaringType == declared.LoaderType && create.ReturnType == declared.InstanceType ? create : null;

    private static int Access(MethodBase m) => m.IsPublic ? 3 : m.IsAssembly || m.IsFamilyOrAssembly ? 2 : m.IsFamily ? 1 : 0;
}
