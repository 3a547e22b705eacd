using System.CommandLine;
using MLNet.GradStability.Benchmarks;

return new RootCommand("Measures MLNet.GradStability, beside PyTorch where --peer is given.")
{
    ChainCost.Command(),
    TrainingStep.Command(),
}.Parse(args).Invoke();
