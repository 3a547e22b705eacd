namespace MLNet.GradStability.Tests.Reporting;

/// <summary>Names of code as words.</summary>
public class SpacedNameTests
{
    [Theory]
    [InlineData("ExplodingGradients", "Exploding gradients")]
    [InlineData("batchSize", "Batch size")]
    [InlineData("RMSE", "RMSE")]
    [InlineData("accuracy", "Accuracy")]
    public void Words_are_parted(string name, string words) => Assert.Equal(words, SpacedName.Of(name));
}
