using System.Text;

namespace Microsoft.ML;

/// <summary>Where a component writes its model: a stream with a header, and further streams beside it.</summary>
public sealed class ModelSaveContext : IDisposable
{
    internal const string ModelStreamName = "Model.key";

    internal readonly RepositoryWriter Repository;
    internal readonly string Directory;
    internal readonly BinaryWriter Writer;
    internal ModelHeader Header;

    private readonly Repository.Entry _entry;

    internal ModelSaveContext(RepositoryWriter rep, string dir, string name)
    {
        Repository = rep;
        Directory = dir;
        _entry = rep.CreateEntry(dir, name);
        Writer = new(_entry.Stream, Encoding.UTF8, leaveOpen: true);
        ModelHeader.BeginWrite(Writer);
    }

    /// <summary>Closes the model's stream.</summary>
    public void Dispose()
    {
        Writer.Dispose();
        _entry.Dispose();
    }

    /// <summary>Checks that nothing has been written yet.</summary>
    internal void CheckAtModel() => Contracts.Check(Writer.BaseStream.Position == ModelHeader.Size, "The model has been written already");

    internal void SetVersionInfo(VersionInfo ver) => Header = new(ver);

    /// <summary>Writes a stream of its own beside the model.</summary>
    internal void SaveBinaryStream(string name, Action<BinaryWriter> action)
    {
        Contracts.CheckNonEmpty(name, nameof(name));
        Contracts.CheckValue(action, nameof(action));
        using var entry = Repository.CreateEntry(Directory, name);
        using var writer = new BinaryWriter(entry.Stream, Encoding.UTF8, leaveOpen: true);
        action(writer);
    }

    /// <summary>Writes another component's model into a directory below this one.</summary>
    internal void SaveModel<T>(T value, string name)
        where T : class => SaveModel(Repository, value, Path.Combine(Directory ?? "", name));

    internal static void SaveModel<T>(RepositoryWriter rep, T value, string path)
        where T : class
    {
        if (value is not ICanSaveModel model)
            return;
        using var ctx = new ModelSaveContext(rep, path, ModelStreamName);
        model.Save(ctx);
        ctx.Done();
    }

    private void Done()
    {
        Contracts.Check(Header.ModelSignature != 0, "ModelSignature not specified!");
        Header.EndWrite(Writer);
    }
}
