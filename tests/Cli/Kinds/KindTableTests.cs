using Samples.Cli;

namespace MLNet.GradStability.Cli.Tests;

/// <summary>How descriptions are written on the command line.</summary>
public class KindTableTests
{
    [Fact]
    public void Clips_are_read()
    {
        Assert.Null(Clips.Table.Read("none"));
        Assert.Equal(GradientTransform.ClipByGlobalNorm(0.5), Clips.Table.Read("0.5"));
        Assert.Equal(GradientTransform.ClipByGlobalNorm(1e+2), Clips.Table.Read("1e+2"));
        Assert.Equal(GradientTransform.ClipByValue(-1, 2), Clips.Table.Read("value:-1,2"));
        Assert.Equal(GradientTransform.ZClip(3, warmupSteps: 10), Clips.Table.Read("zclip:3,warmup=10"));
        Assert.Equal(
            GradientTransform.ClipByNorm(0.1).Where("hidden0*").Then(GradientTransform.Centralise()).Then(GradientTransform.ClipByGlobalNorm(1)),
            Clips.Table.Read("norm:0.1@hidden0*+centralise+1"));
    }

    [Fact]
    public void Networks_take_the_parts_that_are_set()
    {
        var parts = new NetworkParts(Activation.Tanh(), 0.3, Normalization.Layer());
        Assert.Equal(Network.Mlp([64, 32], Activation.Tanh(), 0.3, Normalization.Layer()), Networks.Table.Read("mlp:64,32")!(parts));
        Assert.Equal(Network.Mlp([8, 8, 8], Activation.Tanh(), 0.3, Normalization.Layer(), residual: true), Networks.Table.Read("residual-mlp:8,8,8")!(parts));
        Assert.Equal(Network.TabularResNet(64, 2, 0.3, activation: Activation.Tanh(), normalization: Normalization.Layer()), Networks.Table.Read("tabular-resnet:64,2")!(parts));
        Assert.Equal(Network.ResNet(18, [1, 8, 8], 16, Activation.Tanh(), 0.3, Normalization.Layer()), Networks.Table.Read("resnet:18,1x8x8,16")!(parts));
        Assert.Equal(
            Network.Cnn([1, 8, 8], [Layer.Conv(4, 3), Layer.MaxPool(2), Layer.Conv(8, 3), Layer.GlobalAveragePool()], Activation.Tanh(), 0.3, Normalization.Layer()),
            Networks.Table.Read("cnn:1x8x8,4,8")!(parts));
        Assert.Equal(Network.Recurrent(RecurrentCell.Gru, [24, 3], 16, 2, dropout: 0.3), Networks.Table.Read("gru:16,24x3,2")!(new NetworkParts(null, 0.3, null)));
    }

    [Fact]
    public void Schedules_and_optimisers_take_the_rate()
    {
        Assert.Equal(Schedule.Step(0.1, 500, 0.5).WithWarmup(20), Schedules.Table.Read("step:500,0.5,20")!(0.1));
        Assert.Equal(Schedule.WarmupCosine(0.1, 50), Schedules.Table.Read("warmup-cosine")!(0.1));
        Assert.Equal(Schedules.Default(0.2), Schedules.Table.Read("warmup-cosine")!(0.2));
        Assert.Equal(Optimizer.AdamW(0.1, 0.05), Optimizers.Table.Read("adamw:0.05")!.Make(0.1));
        Assert.Equal(Optimizer.Sam(Optimizer.AdamW(0.1), 0.05), Optimizers.Table.Read("sam")!.Make(0.1));
    }

    [Fact]
    public void The_defaults_are_the_librarys()
    {
        var options = new NeuralNetworkOptions();
        Assert.Equal(options.Network, Networks.Default(new NetworkParts(null, null, null)));
        Assert.Equal(options.Initializer, Initializers.Table.Read("isometric"));
        Assert.Equal(options.Gradients, Clips.Table.Read("1"));
        var adamW = Optimizers.Table.Read("adamw")!;
        Assert.Equal(options.Optimizer, adamW.Make(Schedules.Default(adamW.UsualRate)));
        Assert.Equal(options.InputScaling, Scalings.Table.Read("robust"));
        Assert.Equal(options.RegressionLoss, Losses.Table.Read("adaptive"));
    }

    public static IEnumerable<object[]> Written() =>
        AllKinds.Tables.SelectMany(table => table.Rows.Where(row => row.Usage is not "NUMBER"), (table, row) => new object[] { table.Noun, row.Usage });

    /// <summary>Every kind is read as its usage shows it, and gives its own description.</summary>
    [Theory]
    [MemberData(nameof(Written))]
    public void Every_kind_is_read_as_it_is_written(string noun, string usage)
    {
        var table = AllKinds.Tables.Single(table => table.Noun == noun);
        var text = Sample(usage, withDefaults: true);

        var made = Read(table, text);

        Assert.Equal(usage == "none", made is null);
        Assert.Equal(made, Read(table, Sample(usage, withDefaults: false)));
    }

    [Theory]
    [InlineData("zclip:a", "z must be a number such as 0.1 or 1e-3; got \"a\". It is written zclip[:z=2.5,alpha=0.97,warmup=25].")]
    [InlineData("zclip:1,2,3,4", "it takes 3 at most; \"4\" is one too many")]
    [InlineData("zclip:warmup=1.5", "warmup must hold whole numbers; got \"1.5\"")]
    [InlineData("zclip:x=1", "it has no number \"x\"")]
    [InlineData("zclip:2,z=1", "z is given twice")]
    [InlineData("norm", "max must be given. It is written norm:max.")]
    [InlineData("norm:0", "maxNorm must be finite and greater than 0; got 0.")]
    [InlineData("0", "maxNorm must be finite and greater than 0; got 0.")]
    [InlineData("agcc", "there is no \"agcc\" among the clips; did you mean \"agc\"?")]
    public void What_is_wrong_is_said(string text, string message)
    {
        var error = Assert.Throws<FormatException>(() => Clips.Table.Read(text));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Parameter", error.Message, StringComparison.Ordinal);
    }

    // Numbers for the names that must be given.
    private static string Sample(string usage, bool withDefaults)
    {
        var brackets = usage.IndexOf('[', StringComparison.Ordinal);
        var free = brackets < 0 ? string.Empty : usage[(brackets + 1)..^1];
        var needed = (brackets < 0 ? usage : usage[..brackets])
            .Replace("widths,…", "8,8,8", StringComparison.Ordinal).Replace("channels,…", "4", StringComparison.Ordinal)
            .Replace("hidden,shape", "4,3x2", StringComparison.Ordinal).Replace("depth,shape", "18,1x8x8", StringComparison.Ordinal).Replace("shape", "1x8x8", StringComparison.Ordinal)
            .Replace("min,max", "-1,1", StringComparison.Ordinal).Replace("low,high", "-1,1", StringComparison.Ordinal);
        var parts = needed.Split(':', 2);
        var numbers = parts.Length == 1 ? string.Empty : string.Join(',', parts[1].Split(',').Select(number => number.All(c => char.IsLetter(c)) ? number is "factor" ? "0.5" : "2" : number));
        var text = parts.Length == 1 ? parts[0] : $"{parts[0]}:{numbers}";
        return withDefaults ? text + free : text;
    }

    private static string? Read(IKindTable table, string text) => table switch
    {
        KindTable<Activation> t => Json(t.Read(text)),
        KindTable<Normalization> t => Json(t.Read(text)),
        KindTable<NetworkDraft> t => Json(t.Read(text)?.Invoke(new NetworkParts(null, null, null))),
        KindTable<GradientTransform> t => Json(t.Read(text)),
        KindTable<Initializer> t => Json(t.Read(text)),
        KindTable<OptimizerDraft> t => Json(t.Read(text)?.Make(0.1)),
        KindTable<ScheduleDraft> t => Json(t.Read(text)?.Invoke(0.1)),
        KindTable<WeightAveraging> t => Json(t.Read(text)),
        KindTable<RegressionLoss> t => Json(t.Read(text)),
        KindTable<InputScaling> t => Json(t.Read(text)),
        _ => throw new InvalidOperationException($"{table.Noun} has no reader here."),
    };

    private static string? Json<T>(T? description)
        where T : class =>
        description is null ? null : Descriptions.ToJson(description);
}
