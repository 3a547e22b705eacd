using System.Globalization;
using Microsoft.ML;
using MLNet.GradStability;
using Samples;
using Samples.Tabular;

// Tabular: a number (diabetes) and a yes or no (breast cancer) from tables as they are, with the default options: Evaluate, CrossValidate, permutation
// feature importance, a saved model.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
const int Folds = 5;
var ml = new MLContext(seed: 1);
var (diabetes, cancer) = (Path.Combine(AppContext.BaseDirectory, "Data", "diabetes.csv"), Path.Combine(AppContext.BaseDirectory, "Data", "breast_cancer.csv"));
var patients = ml.Data.Cache(ml.Data.LoadFromTextFile<Patient>(diabetes, separatorChar: ',', hasHeader: true));
var tumours = ml.Data.Cache(ml.Data.LoadFromTextFile<Tumour>(cancer, separatorChar: ',', hasHeader: true));

Console.WriteLine("diabetes: progression within a year, from ten measures");
var (regression, metrics, mean) = TrainingDisplay.Run((progress, cancellation) => Regression.Run(ml, patients, new() { Progress = progress, CancellationToken = cancellation }));
Console.WriteLine($"held-out rows: RMSE {metrics.RootMeanSquaredError:F1}, R² {metrics.RSquared:F3}; guessing the mean gives RMSE {mean:F1}");
var path = Outputs.Path("diabetes.zip");
ml.Model.SaveSafely(regression, patients.Schema, path);
Console.WriteLine($"saved {path}");

Console.WriteLine();
Console.WriteLine($"breast cancer: malignant or not, from thirty measures; {Folds} folds");
var folds = TrainingDisplay.UntilCtrlC(cancellation => Binary.CrossValidate(ml, tumours, new() { CancellationToken = cancellation }, Folds));
foreach (var (fold, i) in folds.Select((fold, i) => (fold, i)))
{
    Console.WriteLine($"fold {i + 1}: accuracy {fold.Accuracy:F4}, AUC {fold.AreaUnderRocCurve:F4}, F1 {fold.F1Score:F4}, log-loss {fold.LogLoss:F3} bits");
}

Console.WriteLine($"mean:   accuracy {folds.Average(fold => fold.Accuracy):F4}, AUC {folds.Average(fold => fold.AreaUnderRocCurve):F4}");
var names = File.ReadLines(cancer).First().Split(',');
var (model, importance) = TrainingDisplay.UntilCtrlC(cancellation => Binary.Importance(ml, tumours, new() { CancellationToken = cancellation }, names));
Console.WriteLine("What matters most: how far the AUC falls when a feature is shuffled");
foreach (var (feature, drop) in importance.Take(5))
{
    Console.WriteLine($"  {feature,-24} {drop:F4}");
}

path = Outputs.Path("breast-cancer.zip");
ml.Model.SaveSafely(model, tumours.Schema, path);
Console.WriteLine($"saved {path}");
