using System.Reflection;
using System.Text;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Where a component reads its model from.</summary>
internal sealed class ModelLoadContext : IDisposable
{
    public readonly RepositoryReader Repository;
    public readonly string Directory;
    public readonly BinaryReader Reader;
    internal ModelHeader Header;

    private ModelLoadContext(RepositoryReader rep, Repository.Entry entry, string dir)
    {
        Repository = rep;
        Directory = dir;
        Reader = new(entry.Stream, Encoding.UTF8, leaveOpen: true);
        Header = ModelHeader.Read(Reader);
    }

    public void Dispose() => Reader.Dispose();

    /// <summary>Checks that nothing has been read yet.</summary>
    public void CheckAtModel() => Contracts.Check(Reader.BaseStream.Position == ModelHeader.Size, "The model has been read already");

    public void CheckAtModel(VersionInfo ver)
    {
        CheckAtModel();
        CheckVersionInfo(ver);
    }

    public void CheckVersionInfo(VersionInfo ver) => Header.Check(ver);

    /// <summary>Reads a stream that lies beside the model; false when there is none of that name.</summary>
    public bool TryLoadBinaryStream(string name, Action<BinaryReader> action)
    {
        Contracts.CheckNonEmpty(name, nameof(name));
        Contracts.CheckValue(action, nameof(action));
        using var entry = Repository.OpenEntryOrNull(Directory, name);
        if (entry == null)
            return false;
        using var reader = new BinaryReader(entry.Stream, Encoding.UTF8, leaveOpen: true);
        action(reader);
        return true;
    }

    /// <summary>Reads the model in a directory below this one.</summary>
    public void LoadModel<TRes, TSig>(IHostEnvironment env, out TRes result, string name)
        where TRes : class => LoadModel<TRes, TSig>(env, out result, Repository, Path.Combine(Directory ?? "", name));

    public static void LoadModel<TRes, TSig>(IHostEnvironment env, out TRes result, RepositoryReader rep, string dir)
        where TRes : class
    {
        using var entry = rep.OpenEntryOrNull(dir, ModelSaveContext.ModelStreamName) ?? throw env.ExceptDecode("Corrupt model file");
        using var ctx = new ModelLoadContext(rep, entry, dir);
        result = ctx.Create<TRes, TSig>(env, ctx.Header.LoaderSignature) ?? ctx.Create<TRes, TSig>(env, ctx.Header.LoaderSignatureAlt)
            ?? throw env.ExceptDecode($"Couldn't load model: '{dir}'");
        ctx.Header.EndRead(ctx.Reader);
    }

    private TRes Create<TRes, TSig>(IHostEnvironment env, string loaderSignature)
        where TRes : class
    {
        if (!string.IsNullOrEmpty(Header.LoaderAssemblyName))
            env.ComponentCatalog.RegisterAssembly(Assembly.Load(Header.LoaderAssemblyName));
        return !string.IsNullOrWhiteSpace(loaderSignature)
            && ComponentCatalog.TryCreateInstance<object>(env, typeof(TSig), out var created, loaderSignature, this)
                ? created as TRes : null;
    }
}
