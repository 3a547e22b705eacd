using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.ML;

namespace MLNet.GradStability.Tests.Persistence;

/// <summary>A small saved model in a folder of its own, and access to the streams inside the file.</summary>
internal sealed class SavedModel : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("gradstability").FullName;

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>Trains on the column as label and saves the model.</summary>
    public (MLContext Ml, string Path) Save(string label, out NeuralNetworkTransformer model)
    {
        var ml = new MLContext(1);
        var data = Samples.RingsView(ml);
        var options = new NeuralNetworkOptions { LabelColumnName = label, Network = Network.Mlp([8], dropout: 0.1), Epochs = 2 };
        model = label switch
        {
            "Ring" => ml.MulticlassClassification.Trainers.NeuralNetwork(options).Fit(data),
            "Inner" => ml.BinaryClassification.Trainers.NeuralNetwork(options).Fit(data),
            _ => ml.Regression.Trainers.NeuralNetwork(options).Fit(data),
        };
        var path = Path.Combine(Folder, "model.zip");
        ml.Model.SaveSafely(model, data.Schema, path);
        return (ml, path);
    }

    /// <summary>The bytes of a stream of our component.</summary>
    public static byte[] Entry(string path, string stream)
    {
        using var zip = ZipFile.OpenRead(path);
        using var from = zip.Entries.Single(entry => entry.Name == stream).Open();
        using var to = new MemoryStream();
        from.CopyTo(to);
        return to.ToArray();
    }

    /// <summary>Puts other bytes in the place of a stream, or takes it away.</summary>
    public static void Replace(string path, string stream, byte[]? bytes)
    {
        using var zip = ZipFile.Open(path, ZipArchiveMode.Update);
        var old = zip.Entries.Single(entry => entry.Name == stream);
        var name = old.FullName;
        old.Delete();
        if (bytes is not null)
        {
            using var to = zip.CreateEntry(name).Open();
            to.Write(bytes);
        }
    }

    /// <summary>Changes the JSON part of the file.</summary>
    public static void EditDescription(string path, Action<JsonNode> change)
    {
        var json = JsonNode.Parse(Entry(path, "Description.json").AsSpan(8..^32))!;
        change(json);
        var text = Encoding.UTF8.GetBytes(json.ToJsonString());
        Replace(path, "Description.json", [.. BitConverter.GetBytes((long)text.Length), .. text, .. SHA256.HashData(text)]);
    }
}
