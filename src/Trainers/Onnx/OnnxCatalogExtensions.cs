using Microsoft.ML;

namespace MLNet.GradStability;

/// <summary>ONNX models of pipelines: <c>ml.Model.SaveOnnx(model, schema, "model.onnx")</c>.</summary>
public static class OnnxCatalogExtensions
{
    /// <summary>
    /// Saves a fitted pipeline around one network as an ONNX model, from the columns of its input to the columns of the network; see <see cref="TrainedNetwork.SaveOnnx(string)"/>.
    /// </summary>
    /// <remarks>
    /// Written are the steps that the network's columns come from: <c>InputGuard</c>, <c>NormalizeMinMax</c>, <c>NormalizeMeanVariance</c> and other affine normalisers,
    /// <c>Concatenate</c>, <c>CopyColumns</c>, <c>MapKeyToVector</c>, and of texts <c>MapValueToKey</c> and <c>OneHotEncoding</c>. Steps that only make the label have no part in it, nor has a
    /// <c>MapKeyToValue</c> behind the network: the names of the classes are the metadata <c>labels</c>. A row that an input guard would reject has NaN scores.
    /// </remarks>
    /// <param name="catalog"><c>ml.Model</c>.</param>
    /// <param name="model">The fitted pipeline, or a network alone.</param>
    /// <param name="inputSchema">The schema of its input.</param>
    /// <param name="path">The file to write or replace, whole or not at all.</param>
    /// <exception cref="NotSupportedException">A step has no ONNX operators here, or the network is a module of your own; the message names it.</exception>
    /// <exception cref="ArgumentException">The pipeline does not hold one network, or its input lacks a column.</exception>
    /// <exception cref="IOException">The folder does not exist, is full or cannot be written; the old file is untouched.</exception>
    public static void SaveOnnx(this ModelOperationsCatalog catalog, ITransformer model, DataViewSchema inputSchema, string path) =>
        SafeFile.Replace(path, stream => catalog.SaveOnnx(model, inputSchema, stream));

    /// <summary>Writes a fitted pipeline as an ONNX model; see <see cref="SaveOnnx(ModelOperationsCatalog, ITransformer, DataViewSchema, string)"/>.</summary>
    /// <param name="catalog"><c>ml.Model</c>.</param>
    /// <param name="model">The fitted pipeline, or a network alone.</param>
    /// <param name="inputSchema">The schema of its input.</param>
    /// <param name="stream">Written to from where it stands, and left open.</param>
    /// <exception cref="NotSupportedException">A step has no ONNX operators here, or the network is a module of your own; the message names it.</exception>
    /// <exception cref="ArgumentException">The pipeline does not hold one network, or its input lacks a column.</exception>
    public static void SaveOnnx(this ModelOperationsCatalog catalog, ITransformer model, DataViewSchema inputSchema, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(inputSchema);
        ArgumentNullException.ThrowIfNull(stream);
        var (preparation, network) = OnnxPipeline.Split(model);
        OnnxExporter.Write(network.Model, stream, graph => new PreparedColumns(graph, preparation, inputSchema));
    }
}
