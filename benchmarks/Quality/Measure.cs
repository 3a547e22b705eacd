namespace MLNet.GradStability.Benchmarks.Quality;

/// <summary>What is measured on rows that were held out.</summary>
internal enum Measure
{
    /// <summary>Share of rows whose class is told rightly; higher is better.</summary>
    Accuracy,

    /// <summary>Root of the mean squared error, in units of the label; lower is better.</summary>
    Rmse,

    /// <summary>Mean squared error; lower is better.</summary>
    Mse,
}
