namespace MLNet.GradStability.Benchmarks.Hostile;

/// <summary>Has PyTorch train a task on the same rows, with the same bad batches, and measures its outputs as our own.</summary>
internal static class PeerTraining
{
    public static (double Metric, long Explosions, long Recoveries) Train(Peer peer, HostileTask task, Recipe recipe, int seed)
    {
        var rows = task.Rows(seed);
        var answer = peer.Ask(new
        {
            goal = rows.Goal.ToString(),
            outputs = Math.Max(1, rows.Classes),
            x = rows.Train.X,
            y = rows.Train.Y,
            test = rows.Test.X,
            hidden = task.Hidden,
            activation = task.Activation,
            epochs = task.Epochs,
            batch = task.BatchSize,
            optimizer = task.Optimizer,
            rate = task.Rate,
            clip = recipe.Clip,
            std = task.InitialStd,
            bad = task.Bad?.ToString(),
            bad_steps = task.Bad is null ? [] : BadBatches.Steps(task.Steps(rows)),
            seed,
        });

        // Python writes numbers that are not finite as texts.
        var scores = answer.GetProperty("scores").EnumerateArray().Select(row => row.EnumerateArray().Select(score => score.ValueKind == System.Text.Json.JsonValueKind.Number ? (float)score.GetDouble() : float.NaN).ToArray()).ToArray();
        return (Metrics.Of(rows.Goal, rows.Test.Y, scores), answer.GetProperty("broken").GetInt64(), 0);
    }
}
