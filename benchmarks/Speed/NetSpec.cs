using System.Text.Json.Serialization;

namespace MLNet.GradStability.Benchmarks.Speed;

/// <summary>A network that is described once and built on both sides.</summary>
/// <param name="Kind">mlp, cnn, resnet, lstm or tabular.</param>
/// <param name="Features">Length of a row.</param>
internal sealed record NetSpec([property: JsonPropertyName("kind")] string Kind, [property: JsonPropertyName("features")] int Features)
{
    public const int Classes = 10;

    /// <summary>Side of the image, or steps of the sequence.</summary>
    [JsonPropertyName("side")]
    public int Side { get; init; }

    [JsonPropertyName("width")]
    public int Width { get; init; }

    [JsonPropertyName("depth")]
    public int Depth { get; init; }

    [JsonPropertyName("hidden")]
    public IReadOnlyList<int> Hidden { get; init; } = [];

    [JsonIgnore]
    public Network Network => Kind switch
    {
        "mlp" => Network.Mlp(Hidden),
        "cnn" => Network.Cnn([1, Side, Side], [Layer.Conv(Width, 3), Layer.Conv(2 * Width, 3), Layer.MaxPool(2), Layer.Flatten(), Layer.Dense(4 * Width)]),
        "resnet" => Network.ResNet(18, [1, Side, Side], Width, stem: ResNetStem.Small),
        "lstm" => Network.Recurrent(RecurrentCell.Lstm, [Side, Features / Side], Width),
        "tabular" => Network.TabularResNet(Width, Depth, dropout: 0),
        _ => throw new ArgumentOutOfRangeException(nameof(Kind), Kind, "No such network."),
    };

    public static NetSpec Mlp(int features, params int[] hidden) => new("mlp", features) { Hidden = hidden };

    public static NetSpec Cnn(int side, int width) => new("cnn", side * side) { Side = side, Width = width };

    public static NetSpec ResNet(int side, int width) => new("resnet", side * side) { Side = side, Width = width };

    public static NetSpec Lstm(int steps, int features, int hidden) => new("lstm", steps * features) { Side = steps, Width = hidden };

    public static NetSpec Tabular(int features, int width, int blocks) => new("tabular", features) { Width = width, Depth = blocks };
}
