namespace MLNet.GradStability.Tests;

/// <summary>The range of every option, and what the message says.</summary>
public class InitializerOptionTests
{
    public static TheoryData<string, string> Messages => new()
    {
        { "normal:0", "Initializer.Normal: std must be finite and greater than 0; got 0. 0.01 to 0.1 is usual; for one number everywhere take Initializer.Constant." },
        { "normal:NaN", "Initializer.Normal: std must be finite and greater than 0; got NaN. 0.01 to 0.1 is usual; for one number everywhere take Initializer.Constant." },
        { "normal-mean:Infinity", "Initializer.Normal: mean must be finite; got Infinity. Leave it at 0." },
        { "uniform:0.1", "Initializer.Uniform: high must be finite and greater than low, 0.1; got 0. Give a small positive number such as 0.05." },
        { "uniform:NaN", "Initializer.Uniform: low must be finite; got NaN. Give a small negative number such as -0.05." },
        { "truncated:-1", "Initializer.TruncatedNormal: std must be finite and greater than 0; got -1. 0.01 to 0.1 is usual." },
        { "constant:NaN", "Initializer.Constant: value must be finite; got NaN. Give a number such as 0." },
        { "bias:-Infinity", "Initializer.Bias: value must be finite; got -Infinity. Give a number such as 0.1; biases start at 0 without it." },
        { "scaling:0", "Initializer.VarianceScaling: scale must be finite and greater than 0; got 0. He uses 2, Xavier and LeCun use 1." },
        { "fan:9", "Initializer.VarianceScaling: fan must be In, Out or Average; got 9. Leave it at FanMode.In." },
        { "distribution:9", "Initializer.VarianceScaling: distribution must be Normal, TruncatedNormal or Uniform; got 9. Leave it at WeightDistribution.Normal." },
        { "he-normal:-0.1", "Initializer.HeNormal: leakySlope must be finite and 0 or greater; got -0.1. Leave it out for ReLU." },
        { "he-uniform:NaN", "Initializer.HeUniform: leakySlope must be finite and 0 or greater; got NaN. Leave it out for ReLU." },
        { "xavier-normal:0", "Initializer.XavierNormal: gain must be finite and greater than 0; got 0. The usual value is 1; 5/3 suits tanh." },
        { "xavier-uniform:-1", "Initializer.XavierUniform: gain must be finite and greater than 0; got -1. The usual value is 1; 5/3 suits tanh." },
        { "orthogonal:0", "Initializer.Orthogonal: gain must be finite and greater than 0; got 0. √2 suits ReLU; leave it out for the gain of each layer's activation." },
        { "delta:Infinity", "Initializer.DeltaOrthogonal: gain must be finite and greater than 0; got Infinity. √2 suits ReLU; leave it out for the gain of each layer's activation." },
        { "identity:0", "Initializer.Identity: scale must be finite and greater than 0; got 0. The usual value is 1; below 1 forgets faster." },
        { "lsuv:0", "Initializer.Lsuv: tolerance must be finite and greater than 0; got 0. The paper uses 0.1." },
        { "lsuv-tries:0", "Initializer.Lsuv: maxTries must be 1 or greater; got 0. The paper uses 10." },
    };

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_value_out_of_range_is_refused_where_it_is_set(string choice, string message)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Make(choice));

        Assert.StartsWith(message + " (Parameter", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_parts_are_refused()
    {
        Assert.StartsWith("Initializer.Where: pattern must not be empty; got \"\". Give a layer name such as \"hidden*\".", Assert.Throws<ArgumentException>(() => Initializer.HeNormal().Where("")).Message);
        Assert.StartsWith("Initializer.Then: next must be given; got null. Give the rule for what this one leaves.", Assert.Throws<ArgumentNullException>(() => Initializer.HeNormal().Then(null!)).Message);
    }

    private static Initializer Make(string choice)
    {
        var (kind, value) = choice.Split(':') is [var name, var text] ? (name, double.Parse(text, System.Globalization.CultureInfo.InvariantCulture)) : throw new ArgumentException(choice);
        return kind switch
        {
            "normal" => Initializer.Normal(value),
            "normal-mean" => Initializer.Normal(1, value),
            "uniform" => Initializer.Uniform(value, 0),
            "truncated" => Initializer.TruncatedNormal(value),
            "constant" => Initializer.Constant(value),
            "bias" => Initializer.Bias(value),
            "scaling" => Initializer.VarianceScaling(value),
            "fan" => Initializer.VarianceScaling(1, (FanMode)value),
            "distribution" => Initializer.VarianceScaling(1, FanMode.In, (WeightDistribution)value),
            "he-normal" => Initializer.HeNormal(value),
            "he-uniform" => Initializer.HeUniform(value),
            "xavier-normal" => Initializer.XavierNormal(value),
            "xavier-uniform" => Initializer.XavierUniform(value),
            "orthogonal" => Initializer.Orthogonal(value),
            "delta" => Initializer.DeltaOrthogonal(value),
            "identity" => Initializer.Identity(value),
            "lsuv" => Initializer.Lsuv(value),
            "lsuv-tries" => Initializer.Lsuv(0.1, (int)value),
            _ => throw new ArgumentException(kind),
        };
    }
}
