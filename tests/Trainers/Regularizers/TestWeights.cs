using System.Globalization;
using System.Text.Json;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNet.GradStability.Tests;

/// <summary>A network without a forward pass: layers layer0, layer1 …, each a weight of a chosen shape and a bias of ones.</summary>
internal sealed class TestWeights : nn.Module<Tensor, Tensor>
{
    private TestWeights(IReadOnlyList<Tensor> weights)
        : base("network")
    {
        for (var i = 0; i < weights.Count; i++)
        {
            register_module(string.Create(CultureInfo.InvariantCulture, $"layer{i}"), new Layer(weights[i]));
        }

        Flat = new FlatParameters(this, type: weights[0].dtype);
    }

    public FlatParameters Flat { get; }

    public double[][] Values => [.. Flat.Weights.Segments.Select(segment => segment.Value.ToArray())];

    public double[][] Gradients => [.. Flat.Weights.Segments.Select(segment => segment.Gradient.ToArray())];

    public static TestWeights Of(params Tensor[] weights) => new(weights);

    /// <summary>The weights of a case in a reference file: <c>shapes</c> and <c>values</c>.</summary>
    public static TestWeights Of(JsonElement reference, ScalarType type) =>
        new([.. reference.GetProperty("shapes").EnumerateArray().Zip(
            reference.GetProperty("values").EnumerateArray(),
            (shape, values) => tensor(values.Numbers()).to(type).reshape([.. shape.Numbers().Select(size => (long)size)]))]);

    /// <summary>The penalty's value; its gradient is added to <see cref="Gradients"/>, which start at 0.</summary>
    public double Penalty(Regularizer regularizer)
    {
        Flat.ZeroGradients();
        return Penalty(regularizer.Bind(Flat.Weights));
    }

    public static double Penalty(BoundRegularizer regularizer)
    {
        using var _ = no_grad();
        using var value = regularizer.AddGradient();
        return value.ToDouble();
    }

    public TestWeights Apply(Constraint constraint)
    {
        Apply(constraint.Bind(Flat.Weights));
        return this;
    }

    public static void Apply(BoundConstraint constraint)
    {
        using var _ = no_grad();
        constraint.Apply();
    }

    public override Tensor forward(Tensor input) => input.alias();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Flat.Dispose();
        }

        base.Dispose(disposing);
    }

    private sealed class Layer : nn.Module<Tensor, Tensor>
    {
        public Layer(Tensor weight)
            : base("layer")
        {
            // A Parameter takes over the handle of the tensor it is made of.
            register_parameter("weight", new Parameter(weight.clone()));
            register_parameter("bias", new Parameter(ones(weight.shape[0], dtype: weight.dtype)));
        }

        public override Tensor forward(Tensor input) => input.alias();
    }
}
