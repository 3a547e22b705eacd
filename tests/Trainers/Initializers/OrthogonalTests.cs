using static TorchSharp.torch;

namespace MLNet.GradStability.Tests;

public class OrthogonalTests
{
    public static TheoryData<long[], double> Shapes => new()
    {
        { [1, 1], 1 },
        { [1, 9], 2 },
        { [9, 1], 0.5 },
        { [40, 40], 1.4142135623730951 },
        { [30, 70], 1 },
        { [70, 30], 3 },
        { [6, 4, 3, 3], 1 },
        { [40, 2, 3], 1.5 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Rows_or_columns_are_orthogonal_with_the_gain_as_length(long[] shape, double gain)
    {
        using var scope = NewDisposeScope();
        AssertOrthogonal(TestNetwork.Fill(Initializer.Orthogonal(gain), shape).view(shape[0], -1), gain);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Delta_orthogonal_has_an_orthogonal_centre_and_zeros_around(long[] shape, double gain)
    {
        using var scope = NewDisposeScope();
        var weight = TestNetwork.Fill(Initializer.DeltaOrthogonal(gain), shape);
        var centre = weight;
        for (var dimension = shape.Length - 1; dimension >= 2; dimension--)
        {
            centre = centre.select(dimension, 1);
        }

        AssertOrthogonal(centre, gain);
        Assert.Equal(centre.ToArray().Count(number => number != 0), weight.ToArray().Count(number => number != 0));
    }

    [Fact]
    public void Delta_orthogonal_keeps_the_norm_of_every_pixel()
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(3);
        var images = randn([2, 5, 7, 7], generator: random);
        var weight = TestNetwork.Fill(Initializer.DeltaOrthogonal(1), [8, 5, 3, 3]);
        var outputs = nn.functional.conv2d(images, weight, padding: [1, 1]);

        Support.AssertClose(images.norm(1).ToArray(), outputs.norm(1).ToArray(), 1e-5);
    }

    [Fact]
    public void Without_a_gain_the_activation_gives_it()
    {
        using var scope = NewDisposeScope();
        using var network = new TestNetwork(Network.Mlp([8], Activation.Tanh()), 8, 8, Initializer.Orthogonal());

        AssertOrthogonal(network.Parameters["hidden0.weight"], 5.0 / 3);
        AssertOrthogonal(network.Parameters["output.weight"], 1);
    }

    [Fact]
    public void The_orthogonal_matrix_is_uniform_over_all_and_not_always_a_reflection()
    {
        // Without the signs of R's diagonal the first entry would keep one sign.
        var first = Enumerable.Range(1, 40).Select(seed => TestNetwork.Fill(Initializer.Orthogonal(1), [3, 3], (ulong)seed).ToArray()[0]).ToList();

        Assert.InRange(first.Count(number => number > 0), 8, 32);
    }

    [Theory]
    [InlineData(new long[] { 1, 1 }, new[] { 0.5 })]
    [InlineData(new long[] { 2, 3 }, new[] { 0.5, 0, 0, 0, 0.5, 0 })]
    [InlineData(new long[] { 3, 2 }, new[] { 0.5, 0, 0, 0.5, 0, 0 })]
    [InlineData(new long[] { 2, 2, 3 }, new[] { 0, 0.5, 0, 0, 0, 0, 0, 0, 0, 0, 0.5, 0 })]
    public void Identity_is_the_square_part_of_any_matrix(long[] shape, double[] expected) =>
        Assert.Equal(expected, TestNetwork.Fill(Initializer.Identity(0.5), shape).ToArray());

    private static void AssertOrthogonal(Tensor matrix, double gain)
    {
        var wide = matrix.shape[0] <= matrix.shape[1] ? matrix : matrix.t();
        var size = wide.shape[0];
        Support.AssertClose((eye(size) * (gain * gain)).ToArray(), wide.matmul(wide.t()).ToArray(), 2e-6 * gain * gain * Math.Sqrt(size));
    }
}
