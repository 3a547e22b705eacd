using Microsoft.ML;

namespace MLNet.GradStability;

/// <summary>Saving and loading of models in a way that neither loses the old file nor leaves one guessing.</summary>
public static class ModelCatalogExtensions
{
    /// <summary>
    /// Saves a model like <c>ml.Model.Save(model, schema, path)</c>, but beside the target: the file is written under a temporary name in the same
    /// folder, flushed to the disk and renamed. When anything fails, or the process dies, the old file is still there, whole. In a job of several
    /// processes (<see cref="DataParallel"/>) the first one writes it, and the others do nothing.
    /// </summary>
    /// <param name="catalog"><c>ml.Model</c>.</param>
    /// <param name="model">The fitted model.</param>
    /// <param name="inputSchema">The schema of its input; null when it is not to be stored.</param>
    /// <param name="path">The file to write or replace.</param>
    /// <exception cref="IOException">The folder does not exist, is full or cannot be written; the old file is untouched.</exception>
    public static void SaveSafely(this ModelOperationsCatalog catalog, ITransformer model, DataViewSchema? inputSchema, string path)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(model);
        if (MpiProcess.Writes)
        {
            SafeFile.Replace(path, stream => catalog.Save(model, inputSchema, stream));
        }
    }

    /// <summary>
    /// Loads a model like <c>ml.Model.Load(path, out schema)</c>, with or without <see cref="MLContextExtensions.UseGradStability"/> before it, and says
    /// plainly what is wrong with a file that cannot be loaded (ML.NET itself hides the reason in an inner exception).
    /// </summary>
    /// <param name="catalog"><c>ml.Model</c>.</param>
    /// <param name="path">The file.</param>
    /// <param name="inputSchema">The schema that was saved with it.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is no model, damaged, of a newer version, or uses kinds that are not registered.</exception>
    public static ITransformer LoadSafely(this ModelOperationsCatalog catalog, string path, out DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        LibraryComponents.Register(MLNetInternals.EnvironmentOf(catalog));
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            return catalog.Load(stream, out inputSchema);
        }
        catch (Exception e)
        {
            var cause = e;
            while (cause.InnerException is not null && !IsOurs(cause))
            {
                cause = cause.InnerException;
            }

            throw new InvalidDataException($"The model file \"{path}\" cannot be loaded: {cause.Message}", e);
        }
    }

    private static bool IsOurs(Exception cause) => cause is FormatException { Source: { } assembly } && assembly.StartsWith("MLNet.GradStability", StringComparison.Ordinal);
}
