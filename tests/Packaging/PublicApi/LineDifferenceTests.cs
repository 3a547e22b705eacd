namespace MLNet.GradStability.Packaging.Tests;

public sealed class LineDifferenceTests
{
    private static readonly string[] Before = ["namespace N", "{", "    class A", "    {", "        void One();", "        void Two();", "    }", "    class B", "    {", "        void One();", "    }", "}"];

    [Fact]
    public void The_same_lines_differ_in_nothing() => Assert.Empty(LineDifference.Of(Before, Before));

    [Fact]
    public void A_change_is_told_with_its_type()
    {
        string[] after = ["namespace N", "{", "    class A", "    {", "        void One(int number);", "        void Two();", "    }", "    class B", "    {", "        void One();", "        void Two();", "    }", "}"];
        Assert.Equal(
            ["      class A", "-         void One();", "+         void One(int number);", "      class B", "+         void Two();"],
            LineDifference.Of(Before, after));
    }

    [Fact]
    public void All_lines_may_go_or_come()
    {
        Assert.Equal(["- a", "- b"], LineDifference.Of(["a", "b"], []));
        Assert.Equal(["+ a", "+ b"], LineDifference.Of([], ["a", "b"]));
    }
}
