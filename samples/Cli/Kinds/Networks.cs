using MLNet.GradStability;

namespace Samples.Cli;

/// <summary>A network of which activation, dropout and normalisation are still to be set.</summary>
internal delegate Network NetworkDraft(NetworkParts parts);

internal static class Networks
{
    public static readonly KindTable<NetworkDraft> Table = new("networks", "--network",
    [
        new("mlp", "widths*", "a multilayer perceptron with hidden layers of these widths", a => Mlp(a.Integers("widths"), residual: false)),
        new("residual-mlp", "widths*", "the same, each two layers of one width in a residual block", a => Mlp(a.Integers("widths"), residual: true)),
        new("tabular-resnet", "width=128,blocks=3", "residual blocks for tables of numbers", a => TabularResNet(a.Integer("width"), a.Integer("blocks"))),
        new("cnn", "shape,channels*", "for images of shape channels×height×width, as 1x28x28: 3×3 convolutions with so many channels, 2×2 pooling between them", Cnn),
        new("resnet", "depth,shape,width=64", "a residual network for images; depth 10, 18, 34, 50, 101 or 152", ResNet),
        new("lstm", "hidden,shape,layers=1", "an LSTM over sequences of shape steps×features, as 24x3", a => Recurrent(RecurrentCell.Lstm, "lstm", a)),
        new("gru", "hidden,shape,layers=1", "a GRU over sequences", a => Recurrent(RecurrentCell.Gru, "gru", a)),
        new("rnn", "hidden,shape,layers=1", "a plain recurrent network over sequences", a => Recurrent(RecurrentCell.Rnn, "rnn", a)),
    ]);

    /// <summary>The library's default.</summary>
    public static NetworkDraft Default => parts => Network.Mlp([256, 128], parts.Activation, parts.Dropout ?? 0.1, parts.Normalization);

    private static NetworkDraft Mlp(IReadOnlyList<int> widths, bool residual)
    {
        return Draft(parts => Network.Mlp(widths, parts.Activation, parts.Dropout ?? 0, parts.Normalization, residual: residual));
    }

    private static NetworkDraft TabularResNet(int width, int blocks) =>
        Draft(parts => Network.TabularResNet(width, blocks, parts.Dropout ?? 0.1, activation: parts.Activation, normalization: parts.Normalization));

    private static NetworkDraft Cnn(Arguments arguments)
    {
        var (shape, channels) = (arguments.Shape("shape"), arguments.Integers("channels"));
        var layers = channels.SelectMany((count, place) => place == 0 ? [Layer.Conv(count, 3)] : new[] { Layer.MaxPool(2), Layer.Conv(count, 3) });
        return Draft(parts => Network.Cnn(shape, [.. layers, Layer.GlobalAveragePool()], parts.Activation, parts.Dropout ?? 0, parts.Normalization));
    }

    private static NetworkDraft ResNet(Arguments arguments)
    {
        var (depth, shape, width) = (arguments.Integer("depth"), arguments.Shape("shape"), arguments.Integer("width"));
        return Draft(parts => Network.ResNet(depth, shape, width, parts.Activation, parts.Dropout ?? 0, parts.Normalization));
    }

    private static NetworkDraft Recurrent(RecurrentCell cell, string name, Arguments arguments)
    {
        var (hidden, shape, layers) = (arguments.Integer("hidden"), arguments.Shape("shape"), arguments.Integer("layers"));
        return Draft(parts => Network.Recurrent(cell, shape, hidden, layers, dropout: parts.Without(name, activation: true, normalization: true).Dropout ?? 0));
    }

    // Tried at once, so that wrong numbers are told before any data is read.
    private static NetworkDraft Draft(NetworkDraft draft)
    {
        draft(new NetworkParts(null, null, null));
        return draft;
    }
}
