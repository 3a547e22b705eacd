using Microsoft.ML;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.GradStability.Tests;

/// <summary>Batches that do not fit into memory: an error that names a size that does, or halves where the options ask for them. Modules of one's own draw from the process-wide random state: other tests must not.</summary>
[Collection(nameof(Alone))]
public class MemoryFitTests
{
    // Rows of a pass that fit, in training.
    private const int Most = 10;
    private static readonly NeuralNetworkOptions Options = new()
    {
        LabelColumnName = "Ring",
        Network = Hungry("tests-hungry-net", Most, 0),
        Epochs = 3,
        BatchSize = 32,
        Seed = 2,
        ExampleWeightColumnName = "Weight",
        Gradients = GradientTransform.Noise(1e-3).Then(GradientTransform.ClipByGlobalNorm(1)),
    };

    [Fact]
    public void The_error_names_a_size_that_may_fit()
    {
        var e = Assert.Throws<InvalidOperationException>(() => Fit(Options with { AccumulationSteps = 2 }, []));

        Assert.Equal(
            "NeuralNetworkOptions: BatchSize must be so small that a pass fits into the memory of cpu; one over 32 rows does not: CUDA out of memory. Tried to allocate 2.00 GiB Set BatchSize to 16 and AccumulationSteps to 4 for the same updates, or set HalveBatchOnOutOfMemory to true to have that done until it fits.",
            e.Message);
        Assert.NotNull(e.InnerException);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Halves_give_the_weights_of_accumulation(bool isAugmented)
    {
        // Modules of one's own take a seed of the run's generator a pass, so that noise would draw on elsewhere.
        var options = Options with { Gradients = GradientTransform.ClipByGlobalNorm(1), Augmentation = isAugmented ? Augmentation.Mixup(0.4) : null };
        var warnings = new List<string>();

        // The last batch of an epoch has fewer rows, and is cut in two of other sizes than the small batches have: only their sum is the same.
        var halved = Fit(options with { HalveBatchOnOutOfMemory = true }, warnings);
        var fitting = Fit(options with { Network = Hungry("tests-modest-net", int.MaxValue, 0) }, []);

        Support.AssertClose(fitting, halved, 1e-5);
        Assert.Equal(
            [
                "Out of memory on cpu with 32 rows a pass: from here on mini-batches go through in parts of at most 16 rows, to the same updates, as HalveBatchOnOutOfMemory says.",
                "Out of memory on cpu with 16 rows a pass: from here on mini-batches go through in parts of at most 8 rows, to the same updates, as HalveBatchOnOutOfMemory says.",
            ],
            warnings);
    }

    [Fact]
    public void What_failed_passes_have_drawn_is_drawn_again()
    {
        var small = Options with { Network = Hungry("tests-hungry-net-with-dropout", Most, 0.3), BatchSize = 8, AccumulationSteps = 4 };

        Assert.Equal(Fit(small, [], rows: 96), Fit(small with { BatchSize = 32, AccumulationSteps = 1, HalveBatchOnOutOfMemory = true }, [], rows: 96));
    }

    [Fact]
    public void A_single_row_that_does_not_fit_is_an_error()
    {
        var e = Assert.Throws<InvalidOperationException>(() => Fit(Options with { Network = Hungry("tests-starving-net", 0, 0), HalveBatchOnOutOfMemory = true }, []));

        Assert.StartsWith("NeuralNetworkOptions: a pass over a single row must fit into the memory of cpu;", e.Message, StringComparison.Ordinal);
    }

    private static Network Hungry(string name, int most, double dropout)
    {
        NetworkModules.Register(name, (inputSize, outputSize) => new HungryNet(inputSize, outputSize, most, dropout));
        return Network.Custom(name);
    }

    private static double[] Fit(NeuralNetworkOptions options, List<string> warnings, int rows = 70)
    {
        var ml = new MLContext(1);
        ml.Log += (_, e) =>
        {
            if (e.Kind == Microsoft.ML.Runtime.ChannelMessageKind.Warning && e.RawMessage.StartsWith("Out of memory", StringComparison.Ordinal))
            {
                warnings.Add(e.RawMessage);
            }
        };
        using var model = ml.MulticlassClassification.Trainers.NeuralNetwork(options).Fit(Samples.RingsView(ml, rows));
        return [.. model.Model.Module.parameters().SelectMany(Support.ToArray), .. model.Model.Training!.Epochs.Select(epoch => epoch.Loss)];
    }

    /// <summary>Fails as libtorch does on a GPU whose memory is used up, above a number of rows.</summary>
    private sealed class HungryNet : Module<Tensor, Tensor>
    {
        private readonly Module<Tensor, Tensor> _hidden;
        private readonly Module<Tensor, Tensor> _dropout;
        private readonly Module<Tensor, Tensor> _output;

        private readonly int _most;

        public HungryNet(long inputs, long outputs, int most, double dropout)
            : base(nameof(HungryNet))
        {
            _most = most;
            _hidden = Linear(inputs, 6);
            _dropout = Dropout(dropout);
            _output = Linear(6, outputs);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            using var scope = NewDisposeScope();
            var hidden = _dropout.call(functional.relu(_hidden.call(input)));
            return training && input.shape[0] > _most
                ? throw new System.Runtime.InteropServices.ExternalException("CUDA out of memory. Tried to allocate 2.00 GiB\n(GPU 0; 4.00 GiB total capacity)")
                : _output.call(hidden).MoveToOuterDisposeScope();
        }
    }
}
