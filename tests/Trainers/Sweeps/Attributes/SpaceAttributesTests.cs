using Microsoft.ML.SearchSpace;

namespace MLNet.GradStability.Tests.Sweeps;

public sealed class SpaceAttributesTests
{
    internal enum Colour
    {
        Red,
        Green,
    }

    [Fact]
    public void Every_attribute_is_a_parameter_with_its_bounds_scale_and_first_value()
    {
        var parameters = OptionSpace.FromAttributes<Searched>().Parameters.ToDictionary(parameter => parameter.Name);

        Assert.Equal(["Rate", "Share", "Units", "Colour", "Batch", "Flag", "Inner.Depth", "Inner.Word", "Field"], OptionSpace.FromAttributes<Searched>().Parameters.Select(parameter => parameter.Name));
        Assert.Equal((SweepScale.LogUniform, 1e-5, 0.1, 1e-3, false), Of("Rate"));
        Assert.Equal((SweepScale.Uniform, 0, 0.5, null, false), Of("Share"));
        Assert.Equal((SweepScale.LogUniform, 4, 64, 16, true), Of("Units"));
        Assert.Equal((SweepScale.Choice, 0, 1, 0, false), Of("Colour"));
        Assert.Equal((SweepScale.Choice, 0, 2, 1, false), Of("Batch"));
        Assert.Equal((SweepScale.Choice, 0, 1, 1, false), Of("Flag"));
        Assert.Equal((SweepScale.Uniform, 1, 3, 2, true), Of("Inner.Depth"));
        Assert.Equal(["yes", "no"], parameters["Flag"].Choices);

        (SweepScale, double, double, double?, bool) Of(string name) =>
            (parameters[name].Scale, parameters[name].Minimum, parameters[name].Maximum, parameters[name].Start, parameters[name].IsInteger);
    }

    [Fact]
    public void Values_arrive_in_a_new_object_each_time()
    {
        var space = OptionSpace.FromAttributes<Searched>();
        var one = space.Create(new TrialPoint([1e-2, 0.25, 32, 1, 2, 0, 3, 1, 0.5]));
        var other = space.Create(space.Start());

        Assert.Equal((1e-2, 0.25f, 32L, Colour.Green, 64, true, 3, "b", 0.5), (one.Rate, one.Share, one.Units, one.Colour, one.Batch, one.Flag, one.Inner!.Depth, one.Inner.Word, one.Field));
        Assert.Equal((1e-3, 16L, Colour.Red, 32, false, 2, "a"), (other.Rate, other.Units, other.Colour, other.Batch, other.Flag, other.Inner!.Depth, other.Inner.Word));
        Assert.Equal(11, one.Untouched);
    }

    [Fact]
    public void What_a_member_cannot_hold_is_told()
    {
        Assert.Contains("Wrong.Number must be double or float for a [Range] of these; it is Int32", Message<Wrong>(), StringComparison.Ordinal);
        Assert.Contains("must be bool for [BooleanChoice]", Message<WrongFlag>(), StringComparison.Ordinal);
        Assert.Contains("must have one of [Range], [Choice], [BooleanChoice] and [NestOption]; it has 2", Message<Twice>(), StringComparison.Ordinal);
        Assert.Contains("the first value of Number must be one of its candidates; got 9", Message<WrongFirst>(), StringComparison.Ordinal);
        Assert.Contains("must be readable and settable", Message<Fixed>(), StringComparison.Ordinal);
        Assert.Contains("must have members with [Range]", Message<object>(), StringComparison.Ordinal);
    }

    private static string Message<T>()
        where T : class, new() => Assert.ThrowsAny<ArgumentException>(OptionSpace.FromAttributes<T>).Message;

    internal sealed class Searched
    {
        [Range(1e-5, 0.1, 1e-3, true)]
        public double Rate { get; set; }

        [Range(0f, 0.5f)]
        public float Share { get; set; }

        [Range(4, 64, 16, true)]
        public long Units { get; set; }

        [Choice("Red", "Green")]
        public Colour Colour { get; set; }

        [Choice(new object[] { 16, 32, 64 }, 32)]
        public int Batch { get; set; }

        [BooleanChoice(false)]
        public bool Flag { get; set; }

        [NestOption]
        public Within? Inner { get; set; }

        public int Untouched { get; set; } = 11;

        [Range(0.0, 1.0)]
        public double Field = 0.75;
    }

    internal sealed class Within
    {
        [Range(1, 3, 2)]
        public int Depth { get; set; }

        [Choice("a", "b")]
        public string Word { get; set; } = string.Empty;
    }

    private sealed class Wrong
    {
        [Range(0.5, 1)]
        public int Number { get; set; }
    }

    private sealed class WrongFlag
    {
        [BooleanChoice]
        public int Number { get; set; }
    }

    private sealed class Twice
    {
        [BooleanChoice]
        [Choice(true)]
        public bool Flag { get; set; }
    }

    private sealed class WrongFirst
    {
        [Choice(new object[] { 1, 2 }, 9)]
        public int Number { get; set; }
    }

    private sealed class Fixed
    {
        [BooleanChoice]
        public bool Flag { get; }
    }
}
