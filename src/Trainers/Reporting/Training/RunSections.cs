namespace MLNet.GradStability;

/// <summary>What a network was trained on and where: data and environment.</summary>
internal static class RunSections
{
    private const int MostNames = 60;

    public static FactsSection Data(TrainingResult result) => new("Data", null, result.Data is not { } data ? [] :
    [
        new Fact("Training rows", Figures.Count(data.Rows)),
        new Fact("Validation rows", data.ValidationRows == 0 ? "none" : Figures.Count(data.ValidationRows)),
        .. data.Columns.Select(column => new Fact(SpacedName.Of($"{column.Role}"), $"{column.Name}: {column.Type}{(column.Slots.Count > 0 ? " of " + Names(column.Slots) : string.Empty)}")),
        .. data.Outputs.Count > 0 ? [new Fact("Outputs", $"{Figures.Count(data.Outputs.Count)}: {Names(data.Outputs)}")] : Array.Empty<Fact>(),
    ]);

    public static FactsSection Environment(TrainingResult result) => new(
        "Environment",
        result.Environment is { Device: not "cpu" }
            ? "The same data, options, seed and environment repeat this training, up to the rounding of sums on a GPU."
            : "The same data, options, seed and environment repeat this training bit for bit.",
        result.Environment is not { } here ? [] :
        [
            new Fact("Seed", FormattableString.Invariant($"{result.Seed}")),
            new Fact("MLNet.GradStability", here.Library),
            new Fact("Microsoft.ML", here.MLNet),
            new Fact("TorchSharp", here.TorchSharp),
            new Fact("Runtime", here.Runtime),
            new Fact("System", $"{here.System}, {here.Architecture}"),
            .. here.Device == "cpu" ? Array.Empty<Fact>() : [new Fact("Device", here.Device)],
            .. result.Ranks > 1 ? [new Fact("Processes", Figures.Count(result.Ranks))] : Array.Empty<Fact>(),
            new Fact("Processors", $"{Figures.Count(here.Processors)}, of which libtorch uses {Figures.Count(here.Threads)}"),
        ]);

    private static string Names(IReadOnlyList<string> names) => string.Join(", ", names.Take(MostNames)) + (names.Count > MostNames ? ", …" : string.Empty);
}
