using System.CommandLine;
using MLNet.GradStability.Benchmarks;
using MLNet.GradStability.Benchmarks.Hostile;

return new RootCommand("Measures MLNet.GradStability, beside PyTorch where --peer is given.")
{
    ChainCost.Command(),
    TrainingStep.Command(),
    Overhead.Command(),
    HostileSuite.Command(),
}.Parse(args).Invoke();
