using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>A trained network: the model inside a <see cref="NeuralNetworkTransformer"/>. Safe to use from several threads.</summary>
public sealed class TrainedNetwork : IDisposable
{
    private readonly Device _device;

    internal TrainedNetwork(nn.Module<Tensor, Tensor> module, LearningTask task, NeuralNetworkOptions options, InputLayout inputs, FeatureScaling? scaling, TrainingResult? training)
    {
        Module = module;
        _device = ComputeDevice.Of(module);
        Task = task;
        Options = options;
        Inputs = inputs;
        Scaling = scaling;
        Training = training;
        foreach (var parameter in module.parameters())
        {
            parameter.requires_grad_(false);
            ParameterCount += parameter.numel();
        }

        module.eval();
    }

    /// <summary>The options it was trained with.</summary>
    public NeuralNetworkOptions Options { get; }

    /// <summary>Features a row: numbers and keys.</summary>
    public int InputSize => Inputs.Size;

    /// <summary>Outputs a row: the number of classes, or 1.</summary>
    public int OutputSize => Task.OutputSize;

    /// <summary>Trained numbers in the network.</summary>
    public long ParameterCount { get; }

    /// <summary>What happened in the training; null in a model that was loaded from a file.</summary>
    public TrainingResult? Training { get; }

    /// <summary>Writes its training as one HTML file: <c>TrainingReport.Of(this).SaveHtml(path)</c>.</summary>
    /// <param name="path">The file, overwritten if it is there; its folders are made.</param>
    /// <exception cref="ArgumentException">The network was loaded from a file, which holds no account of its training.</exception>
    public void SaveHtml(string path) => TrainingReport.Of(this).SaveHtml(path);

    internal nn.Module<Tensor, Tensor> Module { get; }

    /// <summary>How a row lies in memory.</summary>
    internal InputLayout Inputs { get; }

    internal LearningTask Task { get; }

    /// <summary>What rows go through before the network sees them; null when it sees them as they are.</summary>
    internal FeatureScaling? Scaling { get; }

    /// <summary>A table of the layers as text, as <see cref="Network.Summary"/> gives it, with the embeddings of keys.</summary>
    public string Summary() => NetworkSummary.Of(Options, Inputs, OutputSize);

    /// <summary>
    /// Writes the weights and running statistics to a safetensors file, which Python's <c>safetensors</c> loads, and <see cref="StartingWeights.FromSafetensors"/>.
    /// Names are those of the network's layers, as in PyTorch. The numbers of the input scaling are in the metadata <c>gradstability.input_scaling</c>, as JSON.
    /// The file is written under a temporary name and renamed, so that an old one stays whole when the writing fails.
    /// </summary>
    /// <param name="path">The file to write or replace.</param>
    /// <exception cref="IOException">The folder does not exist, is full or cannot be written; the old file is untouched.</exception>
    public void SaveSafetensors(string path) => SafeFile.Replace(path, SaveSafetensors);

    /// <summary>Writes the weights and running statistics to a stream, as <see cref="SaveSafetensors(string)"/> does to a file; the stream stays open.</summary>
    /// <param name="stream">The stream.</param>
    public void SaveSafetensors(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var scope = NewDisposeScope();
        SafetensorsFile.Write(stream, WeightFile.Tensors(Module), new Dictionary<string, string>
        {
            ["format"] = "pt",
            [SourceScaling.MetadataName] = SourceScaling.Of(Options.InputScaling, Scaling).ToJson(),
        });
    }

    /// <summary>
    /// Saves the network as an ONNX model (operator set 17) that onnxruntime and others run on any number of rows: from the feature columns, which the scaling of
    /// the training is part of, to <c>Score</c> and what else the task has, under ML.NET's names. Numbers are Single, <c>[rows, size]</c>; keys are uint32, 0 for
    /// a missing one. A row with a NaN feature gets NaN scores. Metadata: <c>task</c>, and <c>labels</c>, the names of classes or slots as a JSON list. A pipeline with
    /// data preparation is saved by <see cref="OnnxCatalogExtensions.SaveOnnx(Microsoft.ML.ModelOperationsCatalog, Microsoft.ML.ITransformer, Microsoft.ML.DataViewSchema, string)"/>.
    /// </summary>
    /// <param name="path">The file to write or replace, whole or not at all.</param>
    /// <exception cref="NotSupportedException">The network is a module of your own, or larger than an ONNX file of 2 GB can be.</exception>
    /// <exception cref="IOException">The folder does not exist, is full or cannot be written; the old file is untouched.</exception>
    public void SaveOnnx(string path) => SafeFile.Replace(path, SaveOnnx);

    /// <summary>Writes the network as an ONNX model; see <see cref="SaveOnnx(string)"/>.</summary>
    /// <param name="stream">Written to from where it stands, and left open.</param>
    /// <exception cref="NotSupportedException">The network is a module of your own, or larger than an ONNX file of 2 GB can be.</exception>
    public void SaveOnnx(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        OnnxExporter.Write(this, stream);
    }

    /// <summary>Frees the network's tensors; the transformer around it must not score afterwards.</summary>
    public void Dispose() => Module.Dispose();

    /// <summary>Scores rows in one forward pass.</summary>
    /// <param name="features"><c>[rows × InputSize]</c> numbers and keys, row after row.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="scores">Receives <c>[rows × OutputSize]</c> numbers.</param>
    internal void Score(ReadOnlySpan<float> features, int rows, Span<float> scores)
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        var inputs = empty(rows, InputSize);
        var numbers = MemoryMarshal.Cast<byte, float>(inputs.bytes);
        features[..(rows * InputSize)].CopyTo(numbers);
        Scaling?.Apply(numbers, InputSize);
        using var outputs = Task.Scores(Module.call(inputs.MovedTo(_device)).cpu()).contiguous();
        MemoryMarshal.Cast<byte, float>(outputs.bytes).CopyTo(scores);
    }
}
