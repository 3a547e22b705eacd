using System.Text;
using Microsoft.ML;
using MLNet.GradStability.Tests.Persistence;
using static TorchSharp.torch;

namespace MLNet.GradStability.Tests.Transfer;

/// <summary>What weights may be started from, under which names, and what is said of those that do not fit.</summary>
[Trait("Row", "R19")]
public sealed class StartingWeightsTests : IDisposable
{
    private static readonly NeuralNetworkOptions Options = new() { LabelColumnName = "Ring", Network = Network.Mlp([4, 3]), Epochs = 1, Seed = 1, InputScaling = null };
    private readonly MLContext _ml = new(1);
    private readonly SavedModel _saved = new();

    public void Dispose() => _saved.Dispose();

    [Fact]
    public void A_file_for_another_network_is_told_name_by_name()
    {
        using var other = Fit(Options with { LabelColumnName = "Inner", Network = Network.Mlp([4, 5, 6]) }, binary: true);
        var file = In("net.safetensors");
        other.Model.SaveSafetensors(file);

        var error = Assert.Throws<ArgumentException>(() => Fit(Options with { Network = Network.Mlp([4, 3], normalization: Normalization.Batch()), StartFrom = StartingWeights.FromSafetensors(file) }));

        Assert.Equal(
            $"""
            StartFrom: the weights of the file "{file}" must fit the network, and do not:
            - missing in the source: norm0.weight [4], norm0.bias [4], norm1.weight [3], norm1.bias [3], norm0.running_mean [4], norm0.running_var [4], norm1.running_mean [3], norm1.running_var [3]
            - not in the network: hidden2.bias [6], hidden2.weight [6, 5]
            - of another shape: hidden1.weight must be [3, 4] and is [5, 4], hidden1.bias must be [3] and is [5], output.weight must be [3, 3] and is [1, 6], output.bias must be [3] and is [1]
            For a new label set, leave the head out with Except("output*"); give a layer its name in the network with Rename("fc", "output"); otherwise describe the network as it was trained.
            """,
            error.Message);
    }

    [Fact]
    public void Patterns_and_names_that_fit_nothing_are_told()
    {
        using var model = Fit(Options);
        var error = Assert.Throws<ArgumentException>(() => Fit(Options with { StartFrom = StartingWeights.FromModel(model).Except("conv*").Rename("fc", "output").Rename("hidden0", "hidden1") }));

        Assert.Contains("StartingWeights.Except: pattern must fit at least one parameter; \"conv*\" fits none of hidden0.weight,", error.Message, StringComparison.Ordinal);
        Assert.Contains("StartingWeights.Rename: from must be the name of a tensor or layer of the source; \"fc\" is none of hidden0.weight,", error.Message, StringComparison.Ordinal);
        Assert.Contains("StartingWeights.Rename: hidden0.weight cannot become hidden1.weight, which the source has already", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_that_are_not_finite_or_not_fractions_are_refused()
    {
        using var module = NetworkFactory.Build(Options.Network, 2, 3, 1, null);
        using (no_grad())
        {
            module.named_parameters().First().parameter.fill_(double.NaN);
        }

        var tensors = WeightFile.Tensors(module).Select(tensor => tensor.Name == "output.bias" ? (tensor.Name, ones(3, dtype: ScalarType.Int64)) : tensor);
        using (var stream = File.Create(In("net.safetensors")))
        {
            SafetensorsFile.Write(stream, tensors, new Dictionary<string, string>());
        }

        var error = Assert.Throws<ArgumentException>(() => Fit(Options with { StartFrom = StartingWeights.FromSafetensors(In("net.safetensors")) }));

        Assert.Contains("- of another type: output.bias must be of type Float32 and is of Int64", error.Message, StringComparison.Ordinal);
        Assert.Contains("- not finite: hidden0.weight", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_resnet_named_as_in_torchvision_is_taken()
    {
        using var _ = no_grad();
        var network = Network.ResNet(10, [1, 8, 8], width: 4);
        using var source = NetworkFactory.Build(network, 64, 7, 5, null);
        var tensors = WeightFile.Tensors(source).Select(tensor => (tensor.Name.Replace("output.", "fc."), tensor.Value)).ToList();
        tensors.AddRange(tensors.Where(tensor => tensor.Item1.EndsWith("running_mean", StringComparison.Ordinal)).Select(tensor => (tensor.Item1.Replace("running_mean", "num_batches_tracked"), ones(1, dtype: ScalarType.Int64))).ToList());
        using var weights = new WeightSet("a test", tensors.Select(tensor => (tensor.Item1, tensor.Item2.clone())));
        using var target = NetworkFactory.Build(network, 64, 7, 6, null);
        var from = StartingWeights.FromSafetensors("unread").Rename("fc", "output");

        var taken = new WeightMatch(from, weights, WeightFile.Tensors(target)).Fill();

        Assert.Equal(WeightFile.Tensors(target).Select(tensor => tensor.Name).Order(), taken.Order());
        Assert.Equal(Numbers(source), Numbers(target));
        Assert.Contains("layer1.0.bn1.running_var", taken);
    }

    [Theory]
    [InlineData("model.zip", "StartingWeights.FromSafetensors", "It is a zip file: read a model of ML.NET with StartingWeights.FromModelFile")]
    [InlineData("net.safetensors", "StartingWeights.FromStateFile", "It starts like a safetensors file: read one with StartingWeights.FromSafetensors.")]
    [InlineData("net.safetensors", "StartingWeights.FromModelFile", "It starts like a safetensors file")]
    [InlineData("net.dat", "StartingWeights.FromSafetensors", "Use the file as it was written, with the method for its kind")]
    [InlineData("net.pkl", "StartingWeights.FromSafetensors", "It is a pickle of Python, which can run code and is not read")]
    [InlineData("empty", "StartingWeights.FromStateFile", "Use the file as it was written")]
    public void A_file_of_another_kind_is_recognised(string name, string owner, string hint)
    {
        _saved.Save("Ring", out var model);
        model.Model.SaveSafetensors(In("net.safetensors"));
        model.Model.Module.save(In("net.dat"));
        File.WriteAllBytes(In("net.pkl"), [0x80, 2, (byte)'}', (byte)'q', 0, (byte)'.', 0, 0, 0, 0, 0, 0]);
        File.WriteAllBytes(In("empty"), []);
        var path = In(name);
        var start = owner switch
        {
            "StartingWeights.FromSafetensors" => StartingWeights.FromSafetensors(path),
            "StartingWeights.FromStateFile" => StartingWeights.FromStateFile(path),
            _ => StartingWeights.FromModelFile(path),
        };

        var error = Assert.Throws<FormatException>(() => Fit(Options with { StartFrom = start }));

        Assert.StartsWith($"{owner}: the file \"{path}\" cannot be read: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(hint, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        var error = Assert.Throws<FileNotFoundException>(() => Fit(Options with { StartFrom = StartingWeights.FromModelFile(In("none.zip")) }));
        Assert.StartsWith($"StartingWeights.FromModelFile: path must be that of an existing file; there is none at \"{In("none.zip")}\".", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_model_file_is_told()
    {
        var (_, path) = _saved.Save("Ring", out _);
        var bytes = SavedModel.Entry(path, "Weights.bin");
        bytes[^40] ^= 1;
        SavedModel.Replace(path, "Weights.bin", bytes);
        Assert.Contains("the stream Weights.bin was altered", Assert.Throws<FormatException>(() => Fit(Options with { StartFrom = StartingWeights.FromModelFile(path) })).Message, StringComparison.Ordinal);

        SavedModel.Replace(path, "Weights.bin", null);
        Assert.Contains("it is a zip file without a network of this library", Assert.Throws<FormatException>(() => Fit(Options with { StartFrom = StartingWeights.FromModelFile(path) })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_scaling_for_other_features_is_an_error_and_a_damaged_one_too()
    {
        using var model = Fit(Options with { InputScaling = InputScaling.Standardize() });
        using var stream = new MemoryStream();
        model.Model.SaveSafetensors(stream);
        var text = Encoding.Latin1.GetString(stream.ToArray());
        Assert.Contains("gradstability.input_scaling", text, StringComparison.Ordinal);
        File.WriteAllBytes(In("net.safetensors"), Encoding.Latin1.GetBytes(text.Replace("scales", "scalez")));

        Assert.Contains("its metadata gradstability.input_scaling", Assert.Throws<FormatException>(() => Fit(Options with { StartFrom = StartingWeights.FromSafetensors(In("net.safetensors")) })).Message, StringComparison.Ordinal);

        using var weights = new WeightSet("a test", [], new SourceScaling(InputScaling.Standardize(), [1, 2, 3], [1, 1, 1]));
        using var bound = new BoundStartingWeights(StartingWeights.FromModel(model), weights);
        Assert.Contains("the input scaling is for 3 features a row and these rows have 2; scale them anew with WithNewScaling()", Assert.Throws<ArgumentException>(() => bound.Fill(model.Model.Module, 2)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_method_checks_what_it_is_given()
    {
        Assert.StartsWith("StartingWeights.FromModel: model must be given; got null.", Assert.Throws<ArgumentNullException>(() => StartingWeights.FromModel((TrainedNetwork)null!)).Message, StringComparison.Ordinal);
        Assert.StartsWith("StartingWeights.FromSafetensors: path must not be empty", Assert.Throws<ArgumentException>(() => StartingWeights.FromSafetensors(" ")).Message, StringComparison.Ordinal);
        Assert.StartsWith("StartingWeights.Except: pattern must not be empty", Assert.Throws<ArgumentException>(() => StartingWeights.FromStateFile("a").Except(string.Empty)).Message, StringComparison.Ordinal);
        Assert.StartsWith("StartingWeights.Rename: to must not be empty", Assert.Throws<ArgumentException>(() => StartingWeights.FromStateFile("a").Rename("b", string.Empty)).Message, StringComparison.Ordinal);
        Assert.Equal(StartingWeights.FromStateFile("a").Except("b*").Rename("c", "d"), StartingWeights.FromStateFile("a").Except("b*").Rename("c", "d"));
        Assert.NotEqual(StartingWeights.FromStateFile("a").Except("b*"), StartingWeights.FromStateFile("a"));
    }

    [Fact]
    public void Layered_initialisers_fill_what_is_left_and_nothing_else()
    {
        using var model = Fit(Options);
        var initializer = Initializer.Constant(7).Where("hidden*").Then(Initializer.Constant(0.25).Where("output*")).Then(Initializer.Bias(0.5));
        using var again = Fit(Options with
        {
            Initializer = initializer,
            StartFrom = StartingWeights.FromModel(model).Except("output*"),
            Optimizer = Optimizer.Sgd(1e-30),
            Stability = null,
        });

        var (before, after) = (Named(model.Model.Module), Named(again.Model.Module));
        Assert.All(before.Where(weight => weight.Key.StartsWith("hidden", StringComparison.Ordinal)), weight => Assert.Equal(weight.Value, after[weight.Key]));
        Assert.All(after["output.weight"], value => Assert.Equal(0.25, value));
    }

    private static Dictionary<string, double[]> Named(nn.Module module) => WeightFile.Tensors(module).ToDictionary(tensor => tensor.Name, tensor => tensor.Value.ToArray());

    private static double[] Numbers(nn.Module module) => [.. WeightFile.Tensors(module).SelectMany(tensor => tensor.Value.ToArray())];

    private string In(string file) => Path.Combine(_saved.Folder, file);

    private NeuralNetworkTransformer Fit(NeuralNetworkOptions options, bool binary = false)
    {
        var data = Samples.RingsView(_ml, 60);
        return binary ? _ml.BinaryClassification.Trainers.NeuralNetwork(options).Fit(data) : _ml.MulticlassClassification.Trainers.NeuralNetwork(options).Fit(data);
    }
}
