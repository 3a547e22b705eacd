using System.CommandLine;
using MLNet.GradStability.Benchmarks;
using MLNet.GradStability.Benchmarks.Distributed;
using MLNet.GradStability.Benchmarks.Hostile;
using MLNet.GradStability.Benchmarks.Quality;
using MLNet.GradStability.Benchmarks.Speed;
using MLNet.GradStability.Benchmarks.Tuners;

return new RootCommand("Measures MLNet.GradStability, beside PyTorch or scikit-learn where --peer is given.")
{
    ChainCost.Command(),
    SpeedSuite.Command(),
    Overhead.Command(),
    HostileSuite.Command(),
    QualitySuite.Command(),
    TunerComparison.Command(),
    DistributedScaling.Command(),
    DistributedScaling.WorkerCommand(),
}.Parse(args).Invoke();
