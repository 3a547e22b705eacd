namespace MLNet.GradStability;

/// <summary>What a fit does when its guard could not save the training.</summary>
public enum DivergenceAction
{
    /// <summary>Return the best finite network there was, with <see cref="StopKind.Diverged"/> in the result. The default.</summary>
    ReturnBest,

    /// <summary>Throw <see cref="TrainingDivergedException"/>, which carries the result.</summary>
    Throw,
}

/// <summary>
/// What the guard of a training looks for and what it does. It reacts in this order, each reaction bounded, counted and logged: skip the step → after
/// <see cref="BadSteps"/> bad steps in a row roll back to the last good snapshot of weights, optimiser and random state, with a lower rate and without
/// the rows of the time between → after <see cref="MaxRollBacks"/> roll-backs in a row stop with the best finite network.
/// </summary>
/// <remarks>
/// Looked for are: a loss or gradient that is not finite; a gradient norm far above the median of the last good steps while the loss is up as well; a
/// loss far above what a network that knows nothing has; a loss that rises and stays up, or that a network has fallen back to; a network without
/// gradients; a validation loss that is not finite. Rolling back and going on with later rows follows PaLM (Chowdhery et al. 2022, arXiv:2204.02311, §5.1).
/// The two numbers it judges by, loss and norm, are read from the device once a step.
/// </remarks>
public sealed record StabilityPolicy
{
    private const string Owner = nameof(StabilityPolicy);

    /// <summary>A step is bad when its gradient norm is more than so many times the median of the last <see cref="Window"/> good steps; greater than 1. Default 10.</summary>
    public double SpikeFactor
    {
        get;
        init => field = Require.That(double.IsFinite(value) && value > 1, value, Owner, nameof(SpikeFactor), "be finite and greater than 1", "The usual value is 10.");
    } = 10;

    /// <summary>Good steps that the medians are taken over, 10 or more. Default 100.</summary>
    public int Window
    {
        get;
        init => field = Require.That(value >= 10, value, Owner, nameof(Window), "be 10 or greater", "The usual value is 100.");
    } = 100;

    /// <summary>Bad steps in a row that make a roll-back, 1 or more; fewer are skipped. Default 3.</summary>
    public int BadSteps
    {
        get;
        init => field = Require.AtLeastOne(value, Owner, nameof(BadSteps), "The usual value is 3; 1 rolls back at once.");
    } = 3;

    /// <summary>
    /// Factor on all later learning rates at a roll-back, 0 &lt; f ≤ 1; the k-th roll-back in a row applies it k times. Default 0.5.
    /// </summary>
    public double RateFactor
    {
        get;
        init => field = Require.That(value is > 0 and <= 1, value, Owner, nameof(RateFactor), "be above 0 and at most 1", "The usual value is 0.5.");
    } = 0.5;

    /// <summary>Roll-backs in a row after which the training is given up, 0 or more; ten windows of good steps start the count anew. Default 5.</summary>
    public int MaxRollBacks
    {
        get;
        init => field = Require.NotNegative(value, Owner, nameof(MaxRollBacks), "The usual value is 5; 0 stops instead of rolling back.");
    } = 5;

    /// <summary>Steps between two snapshots, 1 or more; two are kept in memory, each as large as the weights with their optimiser state. Default 50.</summary>
    public int SnapshotEvery
    {
        get;
        init => field = Require.AtLeastOne(value, Owner, nameof(SnapshotEvery), "The usual value is 50.");
    } = 50;

    /// <summary>
    /// Whether weights that cannot be trained from, because the signal of the first batch explodes or vanishes on its way through the layers, are drawn
    /// anew by the default initialiser before the first step. Default true.
    /// </summary>
    public bool RepairInitialWeights { get; init; } = true;

    /// <summary>What <c>Fit</c> does when the training could not be saved. Default <see cref="DivergenceAction.ReturnBest"/>.</summary>
    public DivergenceAction OnDivergence
    {
        get;
        init => field = Require.That(Enum.IsDefined(value), value, Owner, nameof(OnDivergence), "be ReturnBest or Throw", "Leave it out for ReturnBest.");
    }
}
