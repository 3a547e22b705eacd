using System.IO.Compression;
using System.Text.Json;
using Microsoft.ML;
using MLNet.GradStability;

namespace Samples.Cli;

/// <summary>
/// What a model file says beside the model: an entry of the zip that ML.NET passes over. Models without it, made by other programs, can be used as well.
/// </summary>
/// <param name="Task">The task.</param>
/// <param name="Label">The column learned.</param>
/// <param name="Classes">The classes in order, of two the positive one last; none in regression.</param>
internal sealed record ModelNote(string Task, string Label, IReadOnlyList<string> Classes)
{
    private const string Entry = "gradstab.json";

    /// <summary>Writes a model and the note beside the target, then renames it, so that an old file is never lost.</summary>
    public void Save(MLContext ml, ITransformer model, DataViewSchema inputs, string path)
    {
        var temporary = path + ".new";
        try
        {
            ml.Model.SaveSafely(model, inputs, temporary);
            using (var zip = ZipFile.Open(temporary, ZipArchiveMode.Update))
            {
                using var entry = zip.CreateEntry(Entry).Open();
                JsonSerializer.Serialize(entry, this, JsonSerializerOptions.Web);
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>The note of a model; null when it has none.</summary>
    public static ModelNote? Read(string path)
    {
        using var zip = ZipFile.OpenRead(path);
        using var entry = zip.GetEntry(Entry)?.Open();
        return entry is null ? null : JsonSerializer.Deserialize<ModelNote>(entry, JsonSerializerOptions.Web);
    }
}
