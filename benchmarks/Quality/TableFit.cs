using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability.Benchmarks.Quality;

/// <summary>Trains on a table as a user would, with nothing but a key made of the label, and measures with ML.NET's evaluators.</summary>
internal static class TableFit
{
    private const string Key = "Key";

    public static double Measured(Table train, Table test, NeuralNetworkOptions options)
    {
        var ml = new MLContext(options.Seed);
        var (rows, heldOut) = (View(ml, train), View(ml, test));
        switch (train.Kind)
        {
            case LabelKind.Class:
                var pipeline = ml.Transforms.Conversion.MapValueToKey(Key, nameof(Row.Class))
                    .Append(ml.MulticlassClassification.Trainers.NeuralNetwork(options with { LabelColumnName = Key }));
                using (var model = pipeline.Fit(rows))
                {
                    return ml.MulticlassClassification.Evaluate(model.Transform(heldOut), Key).MicroAccuracy;
                }

            case LabelKind.Flag:
                using (var model = ml.BinaryClassification.Trainers.NeuralNetwork(options with { LabelColumnName = nameof(Row.Flag) }).Fit(rows))
                {
                    return ml.BinaryClassification.Evaluate(model.Transform(heldOut), nameof(Row.Flag)).Accuracy;
                }

            default:
                using (var model = ml.Regression.Trainers.NeuralNetwork(options with { LabelColumnName = nameof(Row.Number) }).Fit(rows))
                {
                    return ml.Regression.Evaluate(model.Transform(heldOut), nameof(Row.Number)).RootMeanSquaredError;
                }
        }
    }

    private static IDataView View(MLContext ml, Table table)
    {
        var definition = SchemaDefinition.Create(typeof(Row));
        definition[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, table.X[0].Length);
        return ml.Data.LoadFromEnumerable(
            table.X.Select((x, row) => new Row { Features = x, Class = table.Labels[row], Flag = table.Labels[row] == "1", Number = table.Number(row) }).ToList(), definition);
    }

    private sealed class Row
    {
        public float[] Features { get; set; } = [];

        public string Class { get; set; } = string.Empty;

        public bool Flag { get; set; }

        public float Number { get; set; }
    }
}
