namespace MLNet.GradStability.Cli.Tests;

/// <summary>What goes wrong is said without a stack trace: what must hold, what was given, what to do; by the exit code too.</summary>
public sealed class ErrorTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gradstab");

    public ErrorTests()
    {
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Data", "iris.csv"), Path.Combine(_folder.FullName, "iris.csv"));
        Write("empty.csv", string.Empty);
        Write("header.csv", "a,b\n");
        Write("ragged.csv", "a,b\n1,2\n3,4,5\n");
        Write("open.csv", "a,b\n\"1,2\n3,4\n");
        Write("bare.csv", "1,2\n3,4\n");
        Write("other.zip", "no zip");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("train iris.csv --out m.zip", "Option '--label' is required")]
    [InlineData("train iris.csv --label speceis --out m.zip", "--label must name a column of \"iris.csv\"; there is no \"speceis\"; did you mean \"species\"? The columns are: sepal_length, sepal_width, petal_length, petal_width, species.")]
    [InlineData("train iris.csv --label species --ignore sepal* nothing* --out m.zip", "--ignore must name columns of \"iris.csv\"; \"nothing*\" fits none")]
    [InlineData("train iris.csv --label species --features species --out m.zip", "--features must not hold the label")]
    [InlineData("train iris.csv --label species --ignore *l* --out m.zip", "--ignore must name|there must be a column to learn from")]
    [InlineData("train iris.csv --label species --weight species --out m.zip", "--weight must name a column of numbers")]
    [InlineData("train iris.csv --label species --task regression --out m.zip", "must hold numbers for regression; it holds 3 distinct texts")]
    [InlineData("train iris.csv --label species --task binary --out m.zip", "must hold two values for a binary task; it holds 3 distinct texts")]
    [InlineData("train iris.csv --label species --task ranking --out m.zip", "--task must be one of auto, multiclass, binary, regression; got \"ranking\"")]
    [InlineData("train iris.csv --label species --positive setosa --out m.zip", "--positive must be one of the two values of a binary task")]
    [InlineData("train iris.csv --label species --network perceptron --out m.zip", "there is no \"perceptron\" among the networks. It must be one of: mlp,")]
    [InlineData("train iris.csv --label species --clip zclib --out m.zip", "there is no \"zclib\" among the clips; did you mean \"zclip\"?")]
    [InlineData("train iris.csv --label species --clip -1 --out m.zip", "maxNorm must be finite and greater than 0; got -1")]
    [InlineData("train iris.csv --label species --optimizer sgd:5 --out m.zip", "sgd: it takes 0 at most; \"5\" is one too many. It is written sgd.")]
    [InlineData("train iris.csv --label species --network lstm:8,2x2 --activation tanh --out m.zip", "--activation must be left out with lstm")]
    [InlineData("train iris.csv --label species --epochs many --out m.zip", "--epochs must be a whole number; got \"many\"")]
    [InlineData("train iris.csv --label species --epochs 0 --out m.zip", "Epochs must be 1 or greater; got 0")]
    [InlineData("train iris.csv --label species --threads 0 --out m.zip", "--threads must be 1 or greater; got 0")]
    [InlineData("train iris.csv --label species --loss mae --out m.zip", "--loss must be left out in classification")]
    [InlineData("train iris.csv --label species --validation 0 --early-stopping 2 --out m.zip", "EarlyStopping")]
    [InlineData("train iris.csv --label species --network resnet:18,1x8x8 --out m.zip", "4")]
    [InlineData("train iris.csv --label species --test-fraction 1 --out m.zip", "--test-fraction must be at least 0 and below 1; got 1")]
    [InlineData("train iris.csv --label species --out none/m.zip", "--out must name a file in a folder that exists")]
    [InlineData("train iris.csv --label species --header --no-header --out m.zip", "--header and --no-header must not stand together")]
    [InlineData("train bare.csv --label price --out m.zip", "The columns are: column1, column2. The file seems to have no header; --header says that it has.")]
    [InlineData("lr-find iris.csv --label species --steps 3", "steps must be 10 or greater; got 3")]
    [InlineData("kinds clip", "did you mean \"clips\"?")]
    [InlineData("tarin iris.csv", "tarin")]
    public void What_cannot_be_is_a_usage_error(string command, string message)
    {
        var outcome = Gradstab.Type(_folder.FullName, command).Exits(2);
        Assert.Contains(message.Split('|'), text => outcome.Errors.Contains(text, StringComparison.Ordinal));
        outcome.Says();
        Assert.Empty(outcome.Output);
    }

    [Theory]
    [InlineData("train none.csv --label a --out m.zip", "the data file \"none.csv\" must exist; there is none")]
    [InlineData("train empty.csv --label a --out m.zip", "must hold rows; it is empty")]
    [InlineData("train header.csv --label a --out m.zip", "must hold rows; it has a header alone")]
    [InlineData("train ragged.csv --label a --out m.zip", "must have the 2 fields of the first; row 2 has 3")]
    [InlineData("train open.csv --label a --out m.zip", "A quoted field opened")]
    [InlineData("predict none.zip iris.csv", "the model file \"none.zip\" must exist; there is none")]
    [InlineData("predict other.zip iris.csv", "The model file \"other.zip\" cannot be loaded")]
    [InlineData("inspect other.zip", "The model file \"other.zip\" cannot be loaded")]
    public void A_file_that_is_no_good_fails_the_run(string command, string message) =>
        Gradstab.Type(_folder.FullName, command).Exits(1).Says("error: ", message);

    [Fact]
    public void A_training_that_diverged_fails_and_says_what_to_do()
    {
        var outcome = Gradstab.Type(_folder.FullName, "train iris.csv --label species --optimizer sgd --rate 1e30 --schedule constant --clip none --epochs 60 --threads 1 --out m.zip").Exits(1);
        outcome.Says();
        Assert.Contains("Diverged in epoch", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("what to do: ", outcome.Output, StringComparison.Ordinal);
        Gradstab.Run(_folder.FullName, "predict", "m.zip", "iris.csv").Exits(0);
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder.FullName, name), text);
}
