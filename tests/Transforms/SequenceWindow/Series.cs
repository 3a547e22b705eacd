using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability.Tests.SequenceWindow;

/// <summary>Small series, and what comes out of windowing.</summary>
internal static class Series
{
    /// <summary>Rows with the number 0, 1, 2 … as Value, as the pair (Value, 10 · Value), and the series that the letters name.</summary>
    public static IDataView View(MLContext ml, string groups) =>
        ml.Data.LoadFromEnumerable(groups.Select((group, i) => new Step { Value = i, Pair = [i, 10 * i], Group = group.ToString(), Class = i % 3 == 0 ? "a" : "b" }));

    public static IDataView View(MLContext ml, int rows) => View(ml, new string('x', rows));

    /// <summary>One text a row: the window, and the number of the row and the target behind it.</summary>
    public static string[] Windows(this IDataView view, bool target = true)
    {
        var windows = view.GetColumn<VBuffer<float>>("Window").Select(window => string.Join(' ', window.DenseValues())).ToArray();
        var rows = view.GetColumn<float>("Value").ToArray();
        return target
            ? [.. windows.Zip(rows, view.GetColumn<float>("Target")).Select(row => $"{row.First} | {row.Second} | {row.Third}")]
            : [.. windows.Zip(rows).Select(row => $"{row.First} | {row.Second}")];
    }

    internal sealed class Step
    {
        public float Value { get; set; }

        [VectorType(2)]
        public float[] Pair { get; set; } = [];

        public string Group { get; set; } = string.Empty;

        public string Class { get; set; } = string.Empty;
    }

    /// <summary>Rows that hold a value and nothing else.</summary>
    internal sealed class Bare
    {
        public float Value { get; set; }
    }

    /// <summary>A row that holds a window of three values.</summary>
    internal sealed class Whole
    {
        [VectorType(3)]
        public float[] Value { get; set; } = [];
    }

    internal sealed class Windowed
    {
        public float[] Window { get; set; } = [];
    }

    /// <summary>Keeps the windows and the shape that it is fitted on.</summary>
    internal sealed class Witness : IEstimator<ITransformer>
    {
        public string[] Seen { get; private set; } = [];

        public SchemaShape? Shape { get; private set; }

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => Shape = inputSchema;

        public ITransformer Fit(IDataView input)
        {
            Seen = input.Windows();
            return new MLContext().Transforms.CopyColumns("Same", "Window").Fit(input);
        }
    }
}
