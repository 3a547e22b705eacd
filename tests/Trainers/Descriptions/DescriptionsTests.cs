namespace MLNet.GradStability.Tests;

/// <summary>Descriptions as JSON, and options as values.</summary>
public sealed class DescriptionsTests
{
    [Fact]
    public void Options_come_back_as_they_were()
    {
        var options = new NeuralNetworkOptions
        {
            LabelColumnName = "L",
            Network = Network.Mlp([3, 2], Activation.LeakyRelu(0.1), dropout: 0.25),
            Initializer = Initializer.HeNormal(0.1),
            Gradients = GradientTransform.ClipByGlobalNorm(2).Then(GradientTransform.ClipByGlobalNorm(1).Where("hidden*")),
            Regularizer = Regularizer.L2(1e-3),
            Constraint = Constraint.MaxNorm(3),
            Optimizer = Optimizer.Sgd(Schedule.WarmupCosine(0.1, 5), 0.9, nesterov: true),
            Seed = 4,
        };
        Assert.Equal(options, Descriptions.FromJson<NeuralNetworkOptions>(Descriptions.ToJson(options)));
    }

    [Fact]
    public void A_choice_that_is_off_stays_off()
    {
        var options = new NeuralNetworkOptions { Gradients = null };
        Assert.Null(Descriptions.FromJson<NeuralNetworkOptions>(Descriptions.ToJson(options)).Gradients);
    }

    [Theory]
    [InlineData("{\"kind\":\"no-such-kind\"}")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[")]
    [InlineData("{\"kind\":\"clip-by-global-norm\",\"maxNorm\":-1}")]
    [InlineData("{\"kind\":\"clip-by-global-norm\",\"maxNorm\":1,\"unheardOf\":2}")]
    public void Bad_json_gets_one_kind_of_error(string json) => Assert.Throws<FormatException>(() => Descriptions.FromJson<GradientTransform>(json));

    [Fact]
    public void An_own_kind_needs_registering()
    {
        var own = new Doubling();
        Assert.Throws<NotSupportedException>(() => Descriptions.ToJson<GradientTransform>(own));
        Descriptions.Register<Doubling>();
        Descriptions.Register<Doubling>();
        Assert.Equal(own, Descriptions.FromJson<GradientTransform>(Descriptions.ToJson<GradientTransform>(own)));
        Assert.Contains("has it already", Assert.Throws<ArgumentException>(Descriptions.Register<Twin>).Message, StringComparison.Ordinal);
        Assert.Contains("[DescriptionKind", Assert.Throws<ArgumentException>(Descriptions.Register<Nameless>).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Options_check_what_they_are_given(int value)
    {
        var options = new NeuralNetworkOptions();
        AssertMessage(() => options with { Epochs = value }, $"NeuralNetworkOptions: Epochs must be 1 or greater; got {value}.");
        AssertMessage(() => options with { BatchSize = value }, $"NeuralNetworkOptions: BatchSize must be 1 or greater; got {value}.");
        AssertMessage(() => options with { AccumulationSteps = value }, $"NeuralNetworkOptions: AccumulationSteps must be 1 or greater; got {value}.");
        AssertMessage(() => options with { MaxDataMemory = value }, $"NeuralNetworkOptions: MaxDataMemory must be 1 MiB (1048576) or greater; got {value}.");
        AssertMessage(() => Network.Mlp([8, value]), $"Network.Mlp: hidden must hold widths from 1 to 65536; got {value}.");
    }

    [Fact]
    public void Options_refuse_nothing_where_something_is_needed()
    {
        var options = new NeuralNetworkOptions();
        AssertMessage(() => options with { LabelColumnName = " " }, "NeuralNetworkOptions: LabelColumnName must not be empty; got \" \".");
        AssertMessage(() => options with { Network = null! }, "NeuralNetworkOptions: Network must be given; got null.");
        AssertMessage(() => options with { Optimizer = null! }, "NeuralNetworkOptions: Optimizer must be given; got null.");
        AssertMessage(() => options with { Initializer = null! }, "NeuralNetworkOptions: Initializer must be given; got null.");
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(0)]
    [InlineData(-1)]
    public void Numbers_must_be_usable(double value)
    {
        var given = value.ToString(System.Globalization.CultureInfo.InvariantCulture);
        AssertMessage(() => GradientTransform.ClipByGlobalNorm(value), $"GradientTransform.ClipByGlobalNorm: maxNorm must be finite and greater than 0; got {given}. To train without clipping, leave it out.");
        AssertMessage(() => Schedule.Constant(value), $"Schedule.Constant: rate must be finite and greater than 0; got {given}.");
        AssertMessage(() => Regularizer.L2(value), $"Regularizer.L2: lambda must be finite and greater than 0; got {given}.");
    }

    private static void AssertMessage(Func<object> make, string start) =>
        Assert.StartsWith(start, Assert.ThrowsAny<ArgumentException>(make).Message, StringComparison.Ordinal);

    [DescriptionKind("doubling")]
    private sealed record Doubling : GradientTransform
    {
        public override BoundGradientTransform Bind(ParameterSet parameters) => throw new NotSupportedException();
    }

    [DescriptionKind("clip-by-global-norm")]
    private sealed record Twin : GradientTransform
    {
        public override BoundGradientTransform Bind(ParameterSet parameters) => throw new NotSupportedException();
    }

    private sealed record Nameless : GradientTransform
    {
        public override BoundGradientTransform Bind(ParameterSet parameters) => throw new NotSupportedException();
    }
}
