using System.Text.Json;
using TorchSharp;

namespace MLNet.GradStability.Standins.Tests.TorchSharp;

/// <summary>Event files have the records that PyTorch's SummaryWriter writes, byte for byte.</summary>
public sealed class SummaryWriterTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("standins").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Scalars_are_the_records_of_PyTorch()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Reference", "callbacks", "events.json")));
        var reference = json.RootElement.GetProperty("file").GetBytesFromBase64();
        var writer = torch.utils.tensorboard.SummaryWriter(_folder);
        foreach (var tag in json.RootElement.GetProperty("scalars").EnumerateObject())
        {
            foreach (var point in tag.Value.EnumerateArray())
            {
                var text = point[2].GetString()!;
                var value = text == "inf" ? float.PositiveInfinity : float.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
                writer.add_scalar(tag.Name, value, point[1].GetInt32(), (long)point[0].GetDouble());
            }
        }

        // A NaN has many forms; the reference's is that of C.
        var records = Records(File.ReadAllBytes(Assert.Single(Directory.GetFiles(_folder))));
        var expected = Records(reference);
        Assert.Equal(expected.Count, records.Count);
        for (var i = 1; i < records.Count; i++)
        {
            if (!expected[i].Contains("0000C07F", StringComparison.Ordinal))
                Assert.Equal(expected[i], records[i]);
            Assert.Equal(expected[i].Length, records[i].Length);
        }
    }

    [Fact]
    public void A_file_starts_with_its_version_and_grows_at_once()
    {
        var writer = torch.utils.tensorboard.SummaryWriter(Path.Combine(_folder, "a", "b"), "end");
        var file = Assert.Single(Directory.GetFiles(writer.LogDir));
        Assert.Matches(@"events\.out\.tfevents\.\d+\..+\.\d+\.1\.end$", file);
        Assert.Contains("brain.Event:2", File.ReadAllText(file), StringComparison.Ordinal);
        var length = new FileInfo(file).Length;
        writer.add_scalar("x", 1, 2);
        Assert.Equal(length + 8 + 4 + 9 + 2 + 2 + 2 + 3 + 5 + 4, new FileInfo(file).Length);
        File.Delete(file);
        writer.add_scalar("x", 1, 2);
        Assert.Equal(2, Records(File.ReadAllBytes(file)).Count);
    }

    [Fact]
    public void A_run_gets_a_directory_of_its_own_on_request()
    {
        var writer = torch.utils.tensorboard.SummaryWriter(_folder, createRunName: true);
        Assert.Equal(_folder, Path.GetDirectoryName(writer.LogDir));
        Assert.True(Directory.Exists(writer.LogDir));
    }

    private static List<string> Records(byte[] file)
    {
        var records = new List<string>();
        for (var at = 0; at < file.Length;)
        {
            var size = 16 + (int)BitConverter.ToInt64(file, at);
            records.Add(Convert.ToHexString(file, at, size));
            at += size;
        }

        return records;
    }
}
