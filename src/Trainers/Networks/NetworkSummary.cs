using System.Globalization;
using System.Text;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.GradStability;

/// <summary>The text behind <see cref="Network.Summary"/>.</summary>
internal static class NetworkSummary
{
    public static string Of(NeuralNetworkOptions options, InputLayout inputs, int outputSize)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var module = NetworkFactory.Build(options, inputs, outputSize, seed: 0, random: null);
        module.eval();
        var rows = new List<string[]> { new[] { "Layer", "Kind", "Output", "Parameters" } };
        var hooks = module.named_modules()
            .DistinctBy(named => named.Item1)
            .Where(named => named.Item2 != module && named.Item2 is Module<Tensor, Tensor> layer && !layer.children().Any(child => child is Module<Tensor, Tensor>))
            .Select(named => Listen(named.Item1, (Module<Tensor, Tensor>)named.Item2, rows))
            .ToList();
        module.call(zeros(1, inputs.Size));
        hooks.ForEach(hook => hook.remove());
        rows.Add(["total", string.Empty, string.Empty, Count(module)]);
        return Table(rows);
    }

    private static HookableModule<Func<Module<Tensor, Tensor>, Tensor, Tensor>, Func<Module<Tensor, Tensor>, Tensor, Tensor, Tensor>>.HookRemover Listen(
        string name, Module<Tensor, Tensor> layer, List<string[]> rows) =>
        layer.register_forward_hook((_, _, output) =>
        {
            rows.Add([name, layer.GetType().Name, $"[batch, {string.Join(", ", output.shape.Skip(1))}]", Count(layer)]);
            return output;
        });

    private static string Count(Module module) => module.parameters().Sum(parameter => parameter.numel()).ToString("N0", CultureInfo.InvariantCulture);

    private static string Table(List<string[]> rows)
    {
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            text.Append(row[0].PadRight(widths[0])).Append("  ")
                .Append(row[1].PadRight(widths[1])).Append("  ")
                .Append(row[2].PadRight(widths[2])).Append("  ")
                .Append(row[3].PadLeft(widths[3])).Append('\n');
        }

        return text.ToString();
    }
}
