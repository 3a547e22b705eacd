using System.Text.Json;

namespace MLNet.GradStability.Benchmarks.Quality;

/// <summary>Has scikit-learn train on the same rows, which it gets standardised, and measures its predictions.</summary>
internal static class PeerFit
{
    public static PeerScores Measured(Peer peer, Table train, Table test, int seed)
    {
        var answer = peer.Ask(new { regression = train.Kind == LabelKind.Number, x = train.X, y = train.Labels, test = test.X, seed });
        return new(Measured(answer.GetProperty("mlp"), test), Measured(answer.GetProperty("linear"), test));
    }

    private static double Measured(JsonElement predictions, Table test) => test.Kind == LabelKind.Number
        ? Math.Sqrt(predictions.EnumerateArray().Select((prediction, row) => Math.Pow(prediction.GetDouble() - test.Number(row), 2)).Average())
        : predictions.EnumerateArray().Select((prediction, row) => prediction.GetString() == test.Labels[row] ? 1.0 : 0).Average();
}
