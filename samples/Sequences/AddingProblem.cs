using Microsoft.ML;
using Microsoft.ML.Data;

namespace Samples.Sequences;

/// <summary>
/// Sequences of two features a step: a number between 0 and 1, and a mark that is 1 at one step in each half. The label is the sum of the two marked numbers,
/// so that what the first mark says must be carried on to the end (Hochreiter and Schmidhuber 1997; Le et al. 2015, arXiv:1504.00941).
/// </summary>
internal static class AddingProblem
{
    /// <summary>Variance of the sum of two uniform numbers.</summary>
    public const double MseOfMean = 1.0 / 6;

    public static IDataView Draw(MLContext ml, int steps, int rows, int seed)
    {
        var random = new Random(seed);
        var definition = SchemaDefinition.Create(typeof(Row));
        definition[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 2 * steps);
        return ml.Data.LoadFromEnumerable(Enumerable.Range(0, rows).Select(_ => One(random, steps)).ToList(), definition);
    }

    private static Row One(Random random, int steps)
    {
        var features = new float[2 * steps];
        for (var step = 0; step < steps; step++)
        {
            features[2 * step] = random.NextSingle();
        }

        var (first, second) = (random.Next(steps / 2), (steps / 2) + random.Next(steps - (steps / 2)));
        features[(2 * first) + 1] = features[(2 * second) + 1] = 1;
        return new Row { Features = features, Label = features[2 * first] + features[2 * second] };
    }

    private sealed class Row
    {
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }
}
