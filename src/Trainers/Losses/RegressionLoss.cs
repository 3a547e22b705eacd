using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>
/// Describes what a regression trainer minimises: the mean over the rows of a function of the error e = prediction − label, in units of the label's
/// scale. The trainer subtracts the median from the labels and divides them by their scale, and undoes both when scoring.
/// </summary>
/// <remarks>
/// The scale is the smaller of the standard deviation and (q₉₀ − q₁₀)/2.563, where normal labels have their standard deviation too; the deviation
/// alone where the two quantiles coincide. So a few extreme labels move neither centre nor scale.
/// For a loss of your own derive from it. An error that is not finite gives a loss that is not, at which the step is skipped.
/// </remarks>
public abstract record RegressionLoss
{
    /// <summary>e², the squared error. Its best prediction is the mean of the labels, which a single extreme label can move anywhere.</summary>
    public static RegressionLoss Mse() => new SquaredErrorLoss();

    /// <summary>
    /// e² where |e| ≤ δ, and δ·(2|e| − δ) beyond, with gradient at most 2δ (Huber 1964; twice its usual form, so that it is <see cref="Mse"/> up to δ). A
    /// bad label pulls no harder than one that is δ off.
    /// </summary>
    /// <param name="delta">δ, in units of the label's scale; finite and greater than 0; default 3.</param>
    /// <exception cref="ArgumentOutOfRangeException">δ is not finite or not greater than 0.</exception>
    public static RegressionLoss Huber(double delta = 3) => new HuberErrorLoss(delta);

    /// <summary>
    /// <see cref="Mse"/>, unless the labels are heavy-tailed, as under Cauchy noise or with bad labels among them: then <see cref="Huber"/>. They are
    /// when their standard deviation is more than so many times that of normal labels with the same middle 80 %.
    /// </summary>
    /// <param name="tail">How many times; 1 or greater; default 2. Normal labels come to 1, exponential to 1.2, log-normal ones to 1.7.</param>
    /// <param name="delta">δ of the Huber loss, in units of the label's scale; finite and greater than 0; default 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static RegressionLoss Adaptive(double tail = 2, double delta = 1) => new AdaptiveLoss(tail, delta);

    /// <summary>|e|, the absolute error, with gradient 0 at e = 0. Its best prediction is the median of the labels.</summary>
    public static RegressionLoss Mae() => new AbsoluteErrorLoss();

    /// <summary>
    /// The pinball loss q·max(−e, 0) + (1 − q)·max(e, 0): its best prediction is the q-quantile of the labels, below which a share q of them lies (Koenker and
    /// Bassett 1978). Two trainers with q = 0.05 and 0.95 give an interval that holds nine labels in ten. With several outputs each gives its own quantile.
    /// </summary>
    /// <param name="q">Above 0 and below 1; 0.5 is half the absolute error.</param>
    /// <remarks>Centring and scaling of the labels move quantiles along, so that the score is the quantile in the label's units. The metric shown stays the
    /// RMSE, which compares losses by one measure; it is no measure of a quantile: look at the loss.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">q is not above 0 and below 1.</exception>
    public static RegressionLoss Quantile(double q) => new QuantileLoss(q);

    /// <summary>The loss of each row.</summary>
    /// <param name="predictions"><c>[rows]</c>, in units of the label's scale.</param>
    /// <param name="targets"><c>[rows]</c>, likewise.</param>
    /// <returns><c>[rows]</c>, differentiable in the predictions.</returns>
    public abstract Tensor PerRow(Tensor predictions, Tensor targets);

    /// <summary>Which quantile of the labels the best constant prediction is near.</summary>
    internal virtual double Level => 0.5;

    /// <summary>The loss for a fit with these labels; where they are vectors, for the number at the place.</summary>
    internal virtual RegressionLoss For(LabelStatistics labels, int place = 0) => this;
}
