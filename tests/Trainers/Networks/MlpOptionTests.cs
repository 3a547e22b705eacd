namespace MLNet.GradStability.Tests;

/// <summary>The range of every option of the networks, and what the message says.</summary>
public class MlpOptionTests
{
    public static TheoryData<Func<object>, string> Messages => new()
    {
        { () => Network.Mlp([0]), "Network.Mlp: hidden must hold widths from 1 to 65536; got 0. Usual widths are 16 to 1024." },
        { () => Network.Mlp([8, 70_000]), "Network.Mlp: hidden must hold widths from 1 to 65536; got 70000. Usual widths are 16 to 1024." },
        { () => Network.Mlp([.. new int[10_001]]), "Network.Mlp: the number of hidden layers must be at most 10000; got 10001. Use fewer layers." },
        { () => Network.Mlp([8], dropout: 1), "Network.Mlp: dropout must be at least 0 and below 1; got 1. To train without dropout, leave it out." },
        { () => Network.Mlp([8], dropout: double.NaN), "Network.Mlp: dropout must be at least 0 and below 1; got NaN. To train without dropout, leave it out." },
        { () => Network.Mlp([8, 8, 4], residual: true), "Network.Mlp: hidden must hold three equal widths in a row for a residual network; got [8, 8, 4]. Give widths such as [64, 64, 64], or leave residual out." },
        { () => Network.Mlp([8, 6], normalization: Normalization.Group(4)), "Network.Mlp: hidden must hold widths that 4 groups divide into two units or more; got 6. Choose other widths or another number of groups." },
        { () => Network.Mlp([4], normalization: Normalization.Group(4)), "Network.Mlp: hidden must hold widths that 4 groups divide into two units or more; got 4. Choose other widths or another number of groups." },
        { () => Network.Mlp([1], normalization: Normalization.Layer()), "Network.Mlp: hidden must hold widths of 2 or more for layer normalisation, which would make 0 of a single unit; got 1. Use wider layers or Normalization.Batch()." },
        { () => Normalization.Batch(momentum: 0), "Normalization.Batch: momentum must be greater than 0 and below 1; got 0. Leave it at 0.1." },
        { () => Normalization.Batch(epsilon: 0), "Normalization.Batch: epsilon must be finite and greater than 0; got 0. Leave it at 1e-5." },
        { () => Normalization.Layer(double.NaN), "Normalization.Layer: epsilon must be finite and greater than 0; got NaN. Leave it at 1e-5." },
        { () => Normalization.Group(0), "Normalization.Group: groups must be 1 or greater; got 0. Usual values are 2 to 32." },
        { () => Normalization.Group(2, -1), "Normalization.Group: epsilon must be finite and greater than 0; got -1. Leave it at 1e-5." },
        { () => WeightNormalization.Spectral(0), "WeightNormalization.Spectral: powerIterations must be 1 or greater; got 0. 1 is enough, since the vectors are kept from step to step." },
        { () => Network.Mlp([8]).Summary(0, 1), "Network.Summary: inputSize must be 1 or greater; got 0. Give the length of the feature vector." },
        { () => Network.Mlp([8]).Summary(1, -1), "Network.Summary: outputSize must be 1 or greater; got -1. Give the number of classes, or 1." },
    };

    [Theory]
    [MemberData(nameof(Messages), DisableDiscoveryEnumeration = true)]
    public void A_value_out_of_range_is_refused_where_it_is_set(Func<object> make, string message) =>
        Assert.StartsWith(message + " (Parameter", Assert.Throws<ArgumentOutOfRangeException>(make).Message, StringComparison.Ordinal);

    [Fact]
    public void Missing_widths_are_refused() => Assert.StartsWith(
        "Network.Mlp: hidden must be given; got null. Give the widths of the hidden layers, such as [128, 64].",
        Assert.Throws<ArgumentNullException>(() => Network.Mlp(null!)).Message);

    [Fact]
    public void A_description_written_before_there_was_normalisation_is_still_read() => Assert.Equal(
        Network.Mlp([3]), Descriptions.FromJson<Network>("""{"kind":"mlp","hidden":[3],"activation":{"kind":"relu"},"dropout":0}"""));
}
