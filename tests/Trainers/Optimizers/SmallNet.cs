using System.Text.Json;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNet.GradStability.Tests.Optimizers;

/// <summary>The net of tests/Reference/optimizers, 3-4-2 with tanh, and its ten training steps, run here step by step.</summary>
internal sealed class SmallNet : IDisposable
{
    public const int Steps = 10;
    public const int StepsPerEpoch = 2;
    private static readonly Lazy<JsonDocument> File = new(() => Support.Reference("optimizers/optimizers.json"));
    private readonly Sequential _module;

    public SmallNet(IReadOnlyList<LayerRule>? rules = null)
    {
        _module = nn.Sequential(("hidden0", nn.Linear(3, 4)), ("activation0", nn.Tanh()), (Network.OutputLayer, nn.Linear(4, 2)));
        using var _ = no_grad();
        foreach (var (name, parameter) in _module.named_parameters())
        {
            parameter.copy_(tensor(Reference.GetProperty("start").GetProperty(name).Numbers(), parameter.shape, ScalarType.Float32));
        }

        Flat = new FlatParameters(_module, rules);
    }

    public static JsonElement Reference => File.Value.RootElement;

    public FlatParameters Flat { get; }

    public List<double> Losses { get; } = [];

    public List<double> Rates { get; } = [];

    /// <summary>The parameters by name.</summary>
    public Dictionary<string, double[]> Parameters => _module.named_parameters().ToDictionary(named => named.name, named => named.parameter.ToArray());

    /// <summary>Ten steps as the training loop makes them.</summary>
    /// <param name="optimizer">The optimiser.</param>
    /// <param name="averaging">An average that is kept beside.</param>
    public SmallNet Train(Optimizer optimizer, BoundWeightAveraging? averaging = null)
    {
        using var bound = optimizer.Bind(Flat);
        var schedule = optimizer.Rate.Bind(new RunLength(Steps, StepsPerEpoch));
        for (var step = 0; step < Steps; step++)
        {
            using var scope = NewDisposeScope();
            Losses.Add(ComputeGradients(step));
            Rates.Add(schedule.RateAt(step));
            using var _ = no_grad();
            averaging?.ProvedFinite();
            Assert.True(bound.Step(Rates[^1], new StepGradients(() => { }, () => double.IsFinite(ComputeGradients(step)))));
            averaging?.StepTaken();
            if (step % StepsPerEpoch == StepsPerEpoch - 1)
            {
                averaging?.ProvedFinite();
                averaging?.EpochEnded((step + 1) / StepsPerEpoch);
                schedule.EpochEnded(Losses[^StepsPerEpoch..].Average());
            }
        }

        return this;
    }

    /// <summary>Asserts that all parameters are those of the reference.</summary>
    public void AssertParameters(JsonElement expected, double tolerance = 1e-5)
    {
        foreach (var (name, values) in Parameters)
        {
            Support.AssertClose(expected.GetProperty(name).Numbers(), values, tolerance);
        }
    }

    /// <summary>Forward and backward of one of the ten steps; returns the loss.</summary>
    public double ComputeGradients(int step)
    {
        using var grad = enable_grad();
        using (no_grad())
        {
            Flat.ZeroGradients();
        }

        var x = tensor(Reference.GetProperty("x")[step].Numbers(), [5, 3], ScalarType.Float32);
        var y = tensor(Reference.GetProperty("y")[step].Numbers(), [5, 2], ScalarType.Float32);
        var loss = nn.functional.mse_loss(_module.call(x), y);
        loss.backward();
        return loss.ToDouble();
    }

    public void Dispose()
    {
        Flat.Dispose();
        _module.Dispose();
    }
}
