using MLNet.GradStability;

namespace Samples.Cli;

internal static class Optimizers
{
    public static readonly KindTable<OptimizerDraft> Table = new("optimizers", "--optimizer",
    [
        new("adamw", "decay=auto", "Adam with decoupled weight decay (default), auto by the length of the run; usual rate 0.001", a => OptimizerDraft.Of(1e-3, s => Optimizer.AdamW(s, a.NumberOrAuto("decay")))),
        new("adam", "", "steps scaled by the root mean square of each gradient; usual rate 0.001", _ => OptimizerDraft.Of(1e-3, s => Optimizer.Adam(s))),
        new("nadam", "", "Adam with Nesterov momentum; usual rate 0.001", _ => OptimizerDraft.Of(1e-3, s => Optimizer.NAdam(s))),
        new("radam", "", "Adam that needs no warm-up; usual rate 0.001", _ => OptimizerDraft.Of(1e-3, s => Optimizer.RAdam(s))),
        new("rmsprop", "alpha=0.99,momentum=0", "steps scaled by the root mean square; usual rate 0.001", a => OptimizerDraft.Of(1e-3, s => Optimizer.RmsProp(s, a.Number("alpha"), momentum: a.Number("momentum")))),
        new("adagrad", "", "steps scaled by the root of all squares so far; usual rate 0.01", _ => OptimizerDraft.Of(1e-2, s => Optimizer.Adagrad(s))),
        new("lion", "decay=0", "steps by the sign of a momentum; usual rate 0.0001", a => OptimizerDraft.Of(1e-4, s => Optimizer.Lion(s, a.Number("decay")))),
        new("sgd", "", "the plain gradient; usual rate 0.1", _ => OptimizerDraft.Of(0.1, s => Optimizer.Sgd(s))),
        new("momentum", "momentum=0.9", "gradients gathered with decay; usual rate 0.01", a => OptimizerDraft.Of(1e-2, s => Optimizer.Momentum(s, a.Number("momentum")))),
        new("nesterov", "momentum=0.9", "the same with a look-ahead; usual rate 0.01", a => OptimizerDraft.Of(1e-2, s => Optimizer.Nesterov(s, a.Number("momentum")))),
        new("local-global-sgd", "alpha=1", "other rates for a tensor's mean gradient and the rest; usual rate 0.1", a => OptimizerDraft.Of(0.1, s => Optimizer.LocalGlobalSgd(s, a.Number("alpha")))),
        new("sam", "rho=0.05", "AdamW by the gradient at the worst point nearby, at twice the cost; usual rate 0.001", a => OptimizerDraft.Of(1e-3, s => Optimizer.Sam(Optimizer.AdamW(s), a.Number("rho")))),
    ]);

    /// <summary>The library's default.</summary>
    public static OptimizerDraft Default => Table.Read("adamw")!;
}
