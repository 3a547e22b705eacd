using Microsoft.ML;
using Samples.Transfer;
using TransferDigit = Samples.Transfer.Digit;

namespace MLNet.GradStability.Tests;

/// <summary>What samples/Transfer does, with few images in few passes.</summary>
[Trait("Row", "R19")]
public sealed class TransferTests : IDisposable
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void What_knows_some_digits_learns_others_in_fewer_passes_than_what_knows_none()
    {
        var (file, weights) = (Path.Combine(_folder.FullName, "low.zip"), Path.Combine(_folder.FullName, "low.safetensors"));
        var rows = _ml.Data.LoadFromTextFile<TransferDigit>(Path.Combine(AppContext.BaseDirectory, "Data", "digits.csv"), separatorChar: ',', hasHeader: true);
        var transfer = new DigitTransfer(_ml, _ml.Data.CreateEnumerable<TransferDigit>(rows, reuseRowObject: false));

        transfer.LearnLow(file, weights, epochs: 6);
        var accuracy = DigitTransfer.Ways(file, epochs: 2).ToDictionary(way => way.Name, way => transfer.LearnHigh(way.Options, perDigit: 20, seed: 1));

        Assert.True(File.Exists(weights));
        Assert.InRange(accuracy["all layers"], accuracy["from nothing"] + 0.005, 1);
        Assert.InRange(accuracy["unfrozen half-way"], accuracy["from nothing"] + 0.005, 1);
        Assert.InRange(accuracy["new head alone"], 0.4, 1);
    }
}
