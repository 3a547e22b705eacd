using System.Text.Json.Nodes;

namespace MLNet.GradStability;

/// <summary>Makes sure that all ranks of a job start the same training.</summary>
internal static class RunAgreement
{
    private const int MostLength = 60;

    /// <summary>Compares options and software, and makes of them the options of this rank.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="options">The options.</param>
    /// <param name="task">The kind of trainer.</param>
    /// <exception cref="ArgumentException">They differ; the message names what, and is the same on all ranks.</exception>
    public static NeuralNetworkOptions OnOptions(ICollective ranks, NeuralNetworkOptions options, string task)
    {
        if (ranks.Count == 1)
        {
            return options;
        }

        var software = TrainingEnvironment.Here();
        var all = ranks.Gather(Descriptions.ToJson(new
        {
            Trainer = task,
            Options = options,
            options.Distribution,
            Callbacks = options.Callbacks.Select(callback => callback.Name),
            Checkpoints = options.Checkpoints is not null,
            ValidationData = options.ValidationData is not null,
            StartFrom = options.StartFrom is not null,
            Software = new { software.Library, software.MLNet, software.TorchSharp, software.Architecture, software.Threads },
        }));
        var first = JsonNode.Parse(all[0]);
        List<string> differences = [.. all.Skip(1).SelectMany((other, i) => Differences(string.Empty, first, JsonNode.Parse(other), i + 1))];
        if (differences.Count > 0)
        {
            ranks.Leave();
            throw new ArgumentException(
                $"DataParallel: all {ranks.Count} ranks of a job must be given the same options and run the same software. {string.Join("; ", differences)}. Start one program with the same arguments and environment on every rank.");
        }

        return options.Distribution!.Adopt(options, ranks.Count) with { Progress = ranks.Rank == 0 ? options.Progress : null };
    }

    /// <summary>Compares the rows, and the weights to start from.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="rows">Rows to train on.</param>
    /// <param name="fingerprint">Of all rows and of what else makes the run.</param>
    /// <exception cref="InvalidOperationException">They differ, thrown on all ranks.</exception>
    public static void OnRows(ICollective ranks, long rows, string fingerprint)
    {
        var all = ranks.Gather(FormattableString.Invariant($"{rows} rows with fingerprint {fingerprint}"));
        if (Array.FindIndex(all, other => other != all[0]) is var rank and > 0)
        {
            ranks.Leave();
            throw new InvalidOperationException(
                $"DataParallel: all ranks must read the same rows in the same order, and start from the same weights; rank 0 has {all[0]}, rank {rank} {all[rank]}. Let every rank read the whole data, each trains on its own part of it; and let what prepares the rows draw from a seed.");
        }
    }

    private static IEnumerable<string> Differences(string path, JsonNode? first, JsonNode? other, int rank)
    {
        if (JsonNode.DeepEquals(first, other))
        {
            return [];
        }

        return first is JsonObject one && other is JsonObject two
            ? one.Select(property => property.Key).Union(two.Select(property => property.Key)).SelectMany(name => Differences(Join(path, name), one[name], two[name], rank))
            : [$"{path} is {Text(first)} on rank 0 and {Text(other)} on rank {rank}"];
    }

    private static string Join(string path, string name)
    {
        var title = char.ToUpperInvariant(name[0]) + name[1..];
        return path.Length > 0 ? $"{path}.{title}" : name == "options" ? string.Empty : title;
    }

    private static string Text(JsonNode? node)
    {
        var text = node?.ToJsonString() ?? "null";
        return text.Length > MostLength ? text[..MostLength] + "…" : text;
    }
}
