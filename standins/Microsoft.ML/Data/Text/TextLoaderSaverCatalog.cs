using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>Loads text files.</summary>
public static class TextLoaderSaverCatalog
{
    /// <summary>A loader of the given columns.</summary>
    public static TextLoader CreateTextLoader(
        this DataOperationsCatalog catalog, TextLoader.Column[] columns, char separatorChar = '\t', bool hasHeader = false,
        IMultiStreamSource dataSample = null, bool allowQuoting = false, bool trimWhitespace = false, bool allowSparse = false) =>
        catalog.CreateTextLoader(Options(separatorChar, hasHeader, allowQuoting, trimWhitespace, allowSparse, columns), dataSample);

    /// <summary>A loader with options.</summary>
    public static TextLoader CreateTextLoader(
        this DataOperationsCatalog catalog, TextLoader.Options options, IMultiStreamSource dataSample = null) =>
        new(catalog.GetEnvironment(), Contracts.CheckRef(options, nameof(options)), dataSample);

    /// <summary>A loader whose columns are the members of a class.</summary>
    public static TextLoader CreateTextLoader<TInput>(this DataOperationsCatalog catalog, char separatorChar = '\t', bool hasHeader = false,
        IMultiStreamSource dataSample = null, bool allowQuoting = false, bool trimWhitespace = false, bool allowSparse = false) =>
        catalog.CreateTextLoader<TInput>(Options(separatorChar, hasHeader, allowQuoting, trimWhitespace, allowSparse), dataSample);

    /// <summary>A loader with options whose columns are the members of a class.</summary>
    public static TextLoader CreateTextLoader<TInput>(
        this DataOperationsCatalog catalog, TextLoader.Options options, IMultiStreamSource dataSample = null) =>
        catalog.CreateTextLoader(TextLoader.OptionsFor<TInput>(Contracts.CheckRef(options, nameof(options))), dataSample);

    /// <summary>The rows of a file.</summary>
    public static IDataView LoadFromTextFile(
        this DataOperationsCatalog catalog, string path, TextLoader.Column[] columns, char separatorChar = '\t',
        bool hasHeader = false, bool allowQuoting = false, bool trimWhitespace = false, bool allowSparse = false) =>
        catalog.CreateTextLoader(columns, separatorChar, hasHeader, null, allowQuoting, trimWhitespace, allowSparse).Load(Source(path));

    /// <summary>The rows of a file, whose first lines also tell slot names and the number of fields.</summary>
    public static IDataView LoadFromTextFile(this DataOperationsCatalog catalog, string path, TextLoader.Options options = null)
    {
        var source = Source(path);
        return catalog.CreateTextLoader(options ?? new(), source).Load(source);
    }

    /// <summary>The rows of a file; the columns are the members of a class.</summary>
    public static IDataView LoadFromTextFile<TInput>(
        this DataOperationsCatalog catalog, string path, char separatorChar = '\t', bool hasHeader = false,
        bool allowQuoting = false, bool trimWhitespace = false, bool allowSparse = false) =>
        catalog.LoadFromTextFile<TInput>(path, Options(separatorChar, hasHeader, allowQuoting, trimWhitespace, allowSparse));

    /// <summary>The rows of a file; the columns are the members of a class.</summary>
    public static IDataView LoadFromTextFile<TInput>(this DataOperationsCatalog catalog, string path, TextLoader.Options options)
    {
        var source = Source(path);
        return catalog.CreateTextLoader<TInput>(options ?? new()).Load(source);
    }

    private static MultiFileSource Source(string path)
    {
        Contracts.CheckNonEmpty(path, nameof(path));
        var source = new MultiFileSource(path);
        if (source.Count == 0 || !File.Exists(source.GetPathOrNull(0)))
            throw Contracts.ExceptParam(nameof(path), $"File or directory does not exist at path: {path}");
        return source;
    }

    private static TextLoader.Options Options(
        char separatorChar, bool hasHeader, bool allowQuoting, bool trimWhitespace, bool allowSparse, TextLoader.Column[] columns = null) =>
        new()
        {
            Columns = columns,
            Separators = [separatorChar],
            HasHeader = hasHeader,
            AllowQuoting = allowQuoting,
            TrimWhitespace = trimWhitespace,
            AllowSparse = allowSparse,
        };
}

/// <summary>Loads files by a loader.</summary>
public static class DataLoaderExtensions
{
    /// <summary>The rows of the files.</summary>
    public static IDataView Load(this IDataLoader<IMultiStreamSource> loader, params string[] path) =>
        loader.Load(new MultiFileSource(path));
}
