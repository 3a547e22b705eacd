using System.IO.Compression;
using Microsoft.ML;

namespace MLNet.GradStability.Tests.InputGuard;

/// <summary>A saved guard comes back as it was, and a damaged one is refused.</summary>
public sealed class InputGuardFileTests : IDisposable
{
    private readonly MLContext _ml = new(1);
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"guard-{Guid.NewGuid():N}.zip");

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData("Features", NonFiniteAction.Impute, 3.5, true)]
    [InlineData("Features", NonFiniteAction.Impute, null, false)]
    [InlineData("Number", NonFiniteAction.Impute, 10.0, true)]
    public void Loaded_in_a_new_context_it_gives_the_same_bits(string column, NonFiniteAction action, double? clip, bool standardise)
    {
        var data = Table.View(_ml, Table.Holes);
        var options = new InputGuardOptions { OnNonFinite = action, ClipDeviations = clip, Standardise = standardise, SampleSize = 500 };
        var model = _ml.Transforms.InputGuard("Out", column, options).Fit(data);
        _ml.Model.Save(model, data.Schema, _path);

        var loaded = new MLContext().UseGradStabilityTransforms().Model.Load(_path, out var schema);
        Assert.Equal(data.Schema.Count, schema.Count);
        var guard = Assert.IsType<InputGuardTransformer>((loaded as IEnumerable<ITransformer>)?.Single() ?? loaded);
        Assert.Equal(options, guard.Options);
        Assert.Equal(model.Statistics, guard.Statistics);
        Assert.Equal(("Out", column), (guard.OutputColumnName, guard.InputColumnName));
        Assert.Equal(Values(model.Transform(data), column), Values(loaded.Transform(data), column));
    }

    [Fact]
    public void A_damaged_entry_is_told()
    {
        var data = Table.View(_ml, Table.Holes);
        _ml.Model.Save(_ml.Transforms.InputGuard("Features").Fit(data), data.Schema, _path);
        using (var zip = ZipFile.Open(_path, ZipArchiveMode.Update))
        {
            using var stream = zip.Entries.Single(entry => entry.Name == "InputGuard.bin").Open();
            stream.Seek(40, SeekOrigin.Begin);
            stream.WriteByte(0xEE);
        }

        Exception? error = Assert.ThrowsAny<Exception>(() => _ml.Model.Load(_path, out _));
        while (error is not FormatException and not null)
        {
            error = error.InnerException;
        }

        Assert.Contains("The saved input guard cannot be read: the stream InputGuard.bin was altered", error!.Message, StringComparison.Ordinal);
    }

    private static float[][] Values(IDataView view, string column) =>
        column == "Features" ? view.Vectors("Out") : [[.. Microsoft.ML.Data.ColumnCursorExtensions.GetColumn<float>(view, "Out")]];
}
