using System.Text.Json.Serialization;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.GradStability;

/// <summary>The description behind <see cref="Initializer.Lsuv"/>.</summary>
[DescriptionKind("lsuv")]
internal sealed record LsuvInitializer : Initializer
{
    private const string Owner = "Initializer.Lsuv";

    // A step nearer to 1 by less than this factor is rounding: the scale of the weight has no effect.
    private const double LeastGain = 0.9;

    [JsonConstructor]
    public LsuvInitializer(double tolerance, int maxTries)
    {
        Tolerance = Require.Positive(tolerance, Owner, nameof(tolerance), "The paper uses 0.1.");
        MaxTries = Require.AtLeastOne(maxTries, Owner, nameof(maxTries), "The paper uses 10.");
    }

    public double Tolerance { get; }

    public int MaxTries { get; }

    protected internal override bool UsesData => true;

    public override void Initialize(InitializationScope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        new OrthogonalInitializer(1).Initialize(scope);
        var layers = scope.Network.named_modules().DistinctBy(named => named.Item1).ToDictionary(named => named.Item1, named => named.Item2);
        foreach (var weight in scope.Parameters.Where(parameter => parameter is { IsWeight: true, Start: null }))
        {
            if (layers.GetValueOrDefault(weight.Layer) is Module<Tensor, Tensor> layer)
            {
                Rescale(weight.Value, () => OutputStd(scope, layer));
            }
        }
    }

    private void Rescale(Tensor weight, Func<double> outputStd)
    {
        using var before = weight.clone();
        var std = outputStd();
        for (var tries = 0; tries < MaxTries && Math.Abs(std - 1) > Tolerance; tries++)
        {
            before.copy_(weight);
            weight.div_(std + 1e-8);
            var next = outputStd();
            if (!(Math.Abs(next - 1) < LeastGain * Math.Abs(std - 1)))
            {
                weight.copy_(before);
                return;
            }

            std = next;
        }
    }

    /// <summary>The standard deviation of all outputs of a layer on the batch; NaN when the layer takes no part in the forward pass.</summary>
    private static double OutputStd(InitializationScope scope, Module<Tensor, Tensor> layer)
    {
        using var tensors = NewDisposeScope();
        scope.Settle();
        var std = double.NaN;
        var hook = layer.register_forward_hook((_, _, output) =>
        {
            std = output.std(unbiased: false).ToDouble();
            return output;
        });
        try
        {
            scope.Network.call(scope.Inputs.alias());
        }
        finally
        {
            hook.remove();
        }

        return std;
    }
}
