using MLNet.GradStability.Benchmarks.Hostile;

namespace MLNet.GradStability.Tests;

/// <summary>A task of the hostile suite on few rows, with few layers, for two epochs.</summary>
internal static class Miniature
{
    public static HostileTask Of(HostileTask task)
    {
        var rows = task.Rows(1);
        return task with
        {
            Epochs = 2,
            Hidden = [.. task.Hidden.Take(4)],
            Rows = _ => rows with { Train = new([.. rows.Train.X[..50], .. rows.Train.X[^50..]], [.. rows.Train.Y[..50], .. rows.Train.Y[^50..]]) },
        };
    }
}
