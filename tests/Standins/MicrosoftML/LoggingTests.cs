using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLNet.GradStability.Standins.Tests;

public class LoggingTests
{
    [Fact]
    public void Messages_reach_the_log_with_their_source_and_kind()
    {
        var ml = new MLContext(seed: 1);
        var seen = new List<LoggingEventArgs>();
        ml.Log += (sender, e) =>
        {
            Assert.Same(ml, sender);
            seen.Add(e);
        };
        var host = ((IHostEnvironment)ml).Register("Trainer");
        using (var channel = host.Start("Training"))
        {
            channel.Info(MessageSensitivity.None, "epoch {0}", 3);
            channel.Warning(MessageSensitivity.None, "slow {0}");
            channel.Error(MessageSensitivity.All, "bad");
        }
        Assert.Equal(
            [
                "[Source=Trainer; Training, Kind=Trace] Channel started",
                "[Source=Trainer; Training, Kind=Info] epoch 3",
                "[Source=Trainer; Training, Kind=Warning] slow {0}",
                "[Source=Trainer; Training, Kind=Error] bad",
            ],
            seen.Take(4).Select(e => e.Message));
        Assert.Equal(6, seen.Count);
        Assert.StartsWith("Channel finished. Elapsed ", seen[4].RawMessage);
        Assert.Equal("Channel disposed", seen[5].RawMessage);
        Assert.Equal("Trainer; Training", seen[1].Source);
        Assert.Equal(ChannelMessageKind.Info, seen[1].Kind);
    }

    [Fact]
    public void A_channel_of_the_context_is_its_own_source()
    {
        var ml = new MLContext();
        var sources = new List<string>();
        ml.Log += (_, e) => sources.Add(e.Source);
        ((IHostEnvironment)ml).Start("Top").Dispose();
        var host = ((IHostEnvironment)ml).Register("Outer");
        host.Register("Middle").Start("Deep").Dispose();
        host.Register("Middle").Register("Inner").Start("Deep").Dispose();
        Assert.Equal(["Top", "Middle; Deep", "Outer; Inner; Deep"], sources.Distinct());
    }

    [Fact]
    public void Pipes_do_not_write_the_log()
    {
        var ml = new MLContext();
        int count = 0;
        ml.Log += (_, _) => count++;
        using (var pipe = ((IHostEnvironment)ml).StartPipe<int>("Numbers"))
            pipe.Send(1);
        using (var progress = ((IHostEnvironment)ml).StartProgressChannel("Progress"))
            progress.SetHeader(new ProgressHeader(["loss"], ["epochs"]), e => e.SetMetric(0, 1));
        Assert.Equal(0, count);
    }

    [Fact]
    public void Exceptions_are_told_where_they_pass()
    {
        var host = ((IHostEnvironment)new MLContext()).Register("Trainer");
        var error = host.Process(new InvalidOperationException());
        Assert.Equal("Environment", error.Data["Throwing component"]);
        Assert.True(error.Data.Contains("ML_IsMarked"));
        using var channel = host.Start("Training");
        error = channel.Process(new InvalidOperationException());
        Assert.Equal(("Trainer", "Training"), (error.Data["Throwing component"], error.Data["Phase"]));
    }

    [Fact]
    public void Hosts_draw_from_the_seed()
    {
        static int[] Draw(int? seed)
        {
            IHostEnvironment ml = new MLContext(seed);
            var host = ml.Register("A");
            return [host.Rand.Next(), host.Rand.Next(1000), ml.Register("B").Rand.Next(5, 10)];
        }
        Assert.Equal(Draw(3), Draw(3));
        Assert.NotEqual(Draw(3), Draw(4));
        Assert.NotEqual(Draw(null), Draw(null));
        Assert.Equal([1752537088, 466, 5], Draw(1));
    }

    [Fact]
    public void The_context_holds_its_settings()
    {
        var ml = new MLContext { GpuDeviceId = 1, FallbackToCpu = false, TempFilePath = "/tmp/x" };
        Assert.Equal((1, false, "/tmp/x"), (ml.GpuDeviceId, ml.FallbackToCpu, ml.TempFilePath));
        Assert.Null(new MLContext().GpuDeviceId);
        Assert.Equal(Path.GetTempPath(), new MLContext().TempFilePath);
        Assert.False(new MLContext().FallbackToCpu);
    }
}
