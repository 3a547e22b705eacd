using System.Globalization;
using Microsoft.ML;
using MLNet.GradStability;
using Samples;
using Samples.MixedColumns;

// MixedColumns: how far cars go on a gallon, from numbers in one column and categories in three others. Five folds each: numbers alone, numbers and categories in a
// perceptron, and the same in a transformer for tables. Then one model is saved, loaded, and asked about a maker that it never saw.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var ml = new MLContext(seed: 1).UseGradStability();
var cars = ml.Data.LoadFromTextFile<Car>(Path.Combine(AppContext.BaseDirectory, "Data", "cars.csv"), separatorChar: ',', hasHeader: true);
var keys = ml.Transforms.Conversion.MapValueToKey("CylindersKey", nameof(Car.Cylinders))
    .Append(ml.Transforms.Conversion.MapValueToKey("OriginKey", nameof(Car.Origin)))
    .Append(ml.Transforms.Conversion.MapValueToKey("MakerKey", nameof(Car.Maker)));
var numbers = new NeuralNetworkOptions { FeatureColumnName = nameof(Car.Measures), Seed = 1 };
var mixed = numbers with { AdditionalFeatureColumnNames = ["CylindersKey", "OriginKey", "MakerKey"] };

Console.WriteLine("Miles per gallon, five folds: RMSE and R²");
Compare("numbers alone", numbers);
Compare("numbers and categories", mixed);
Compare("transformer, both", mixed with { Network = Network.TabularTransformer(width: 32, blocks: 2, heads: 4) });

Console.WriteLine();
var model = TrainingDisplay.Run((progress, cancellation) =>
    keys.Append(ml.Regression.Trainers.NeuralNetwork(mixed with { Progress = progress, CancellationToken = cancellation })).Fit(cars));
var path = Path.Combine(Path.GetTempPath(), $"cars-{Environment.ProcessId}.zip");
ml.Model.SaveSafely(model, cars.Schema, path);
var loaded = ml.Model.LoadSafely(path, out _);
File.Delete(path);

Console.WriteLine();
Console.WriteLine("One car of 1982, by maker, as the loaded model has it:");
using var engine = ml.Model.CreatePredictionEngine<Car, Consumption>(loaded);
foreach (var maker in (string[])["volkswagen", "toyota", "ford", "a maker it never saw"])
{
    var car = new Car { Measures = [105, 74, 1980, 15.3f, 1982], Cylinders = "4", Origin = maker switch { "volkswagen" => "Europe", "toyota" => "Japan", _ => "USA" }, Maker = maker };
    Console.WriteLine($"{maker,-22} {car.Origin,-7} {engine.Predict(car).Score,6:F1} mpg");
}

void Compare(string name, NeuralNetworkOptions options)
{
    var folds = ml.Regression.CrossValidate(cars, keys.Append(ml.Regression.Trainers.NeuralNetwork(options)), numberOfFolds: 5);
    Console.WriteLine($"{name,-24} {folds.Average(fold => fold.Metrics.RootMeanSquaredError),6:F2} {folds.Average(fold => fold.Metrics.RSquared),6:F3}");
}
