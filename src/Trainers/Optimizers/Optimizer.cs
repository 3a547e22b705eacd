using System.Text.Json.Serialization;
using TorchSharp.Modules;

namespace MLNet.GradStability;

/// <summary>Describes the rule that turns gradients into steps, with its learning rate.</summary>
public abstract record Optimizer
{
    private protected Optimizer(Schedule rate, string owner) =>
        Rate = Require.NotNull(rate, owner, nameof(rate), "Give a number such as 0.001 or a Schedule.");

    /// <summary>The learning rate at each step.</summary>
    public Schedule Rate { get; }

    /// <summary>
    /// Stochastic gradient descent with momentum μ: v ← μv + g, w ← w − rate·v, or with Nesterov's look-ahead w ← w − rate·(g + μv)
    /// (Sutskever et al. 2013; the form of torch.optim.SGD).
    /// </summary>
    /// <param name="rate">Learning rate; a number or a schedule.</param>
    /// <param name="momentum">μ, 0 ≤ μ &lt; 1; default 0.</param>
    /// <param name="nesterov">Whether to look ahead; needs a momentum above 0; default false.</param>
    public static Optimizer Sgd(Schedule rate, double momentum = 0, bool nesterov = false) => new SgdOptimizer(rate, momentum, nesterov);

    /// <summary>Adam (Kingma and Ba 2015, arXiv:1412.6980), the form of torch.optim.Adam.</summary>
    /// <param name="rate">Learning rate; a number or a schedule; 1e-3 is usual.</param>
    /// <param name="beta1">Decay of the mean of gradients, 0 ≤ β₁ &lt; 1; default 0.9.</param>
    /// <param name="beta2">Decay of the mean of squared gradients, 0 ≤ β₂ &lt; 1; default 0.999.</param>
    /// <param name="epsilon">Added to the denominator; finite and greater than 0; default 1e-8.</param>
    public static Optimizer Adam(Schedule rate, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8) =>
        new AdamOptimizer(rate, beta1, beta2, epsilon);

    /// <summary>Adam with decoupled weight decay: w ← w·(1 − rate·decay) before each Adam step, for weights alone (Loshchilov and Hutter 2019, arXiv:1711.05101).</summary>
    /// <param name="rate">Learning rate; a number or a schedule; 1e-3 is usual.</param>
    /// <param name="weightDecay">The decay; finite, 0 or greater; default 0.01. Biases and normalisation parameters are not decayed, which departs from torch.optim.AdamW.</param>
    /// <param name="beta1">Decay of the mean of gradients, 0 ≤ β₁ &lt; 1; default 0.9.</param>
    /// <param name="beta2">Decay of the mean of squared gradients, 0 ≤ β₂ &lt; 1; default 0.999.</param>
    /// <param name="epsilon">Added to the denominator; finite and greater than 0; default 1e-8.</param>
    public static Optimizer AdamW(Schedule rate, double weightDecay = 0.01, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8) =>
        new AdamWOptimizer(rate, weightDecay, beta1, beta2, epsilon);

    internal abstract BoundOptimizer Bind(FlatParameters parameters);
}
