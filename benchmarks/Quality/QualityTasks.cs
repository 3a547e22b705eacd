using Samples.Sequences;

namespace MLNet.GradStability.Benchmarks.Quality;

/// <summary>The tasks and their bars.</summary>
internal static class QualityTasks
{
    private const int Steps = 100;

    public static IReadOnlyList<QualityTask> All { get; } =
    [
        new TableTask("iris", 0.95, "iris", LabelKind.Class),
        new TableTask("wine", 0.98, "wine", LabelKind.Class),
        new TableTask("breast-cancer", 0.975, "breast_cancer", LabelKind.Flag),
        new TableTask("digits", 0.985, "digits", LabelKind.Class),
        new TableTask("diabetes", 55.5, "diabetes", LabelKind.Number),
        new TableTask("digits-cnn", 0.99, "digits", LabelKind.Class)
        {
            Network = Network.Cnn([1, 8, 8], [Layer.Conv(32, 3), Layer.Conv(64, 3), Layer.MaxPool(2), Layer.Flatten(), Layer.Dense(128)], dropout: 0.1),
        },
        new TableTask("digits-resnet18", 0.99, "digits", LabelKind.Class) { Network = Network.ResNet(18, [1, 8, 8], width: 16), Augmentation = Augmentation.Images([1, 8, 8]) },
        new AddingTask("adding-lstm", 1e-3, RecurrentCell.Lstm, Steps, Rows: 10_000, Epochs: 20),
        new AddingTask("adding-irnn", AddingProblem.MseOfMean, RecurrentCell.Irnn, Steps, Rows: 10_000, Epochs: 20),
    ];
}
