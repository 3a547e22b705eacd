namespace MLNet.GradStability.Packaging.Tests;

/// <summary>The program of docs/getting-started.md runs as it is printed, but for its paths.</summary>
public sealed class GettingStartedTests
{
    [Fact]
    public void The_program_trains_saves_and_loads()
    {
        var folder = Directory.CreateTempSubdirectory("gradstability");
        try
        {
            var model = Path.Combine(folder.FullName, "flowers.zip");
            var program = PageExample.Of("docs/getting-started.md")[0].Code;
            Assert.Contains("\"iris.csv\"", program, StringComparison.Ordinal);
            UserProject.Run([program.Replace("\"iris.csv\"", Quoted(Repository.At("samples/Data/iris.csv")), StringComparison.Ordinal).Replace("\"flowers.zip\"", Quoted(model), StringComparison.Ordinal)]);
            Assert.True(File.Exists(model));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Quoted(string path) => $"@\"{path}\"";
}
