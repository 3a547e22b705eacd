using System.Diagnostics;
using static TorchSharp.torch;

namespace MLNet.GradStability.Benchmarks;

/// <summary>
/// Measures, in a fit, the time from the end of the backward pass to the end of the optimiser's step. It poses as a penalty, which is asked just
/// after backward, and as a constraint, which is asked just after the step.
/// </summary>
internal sealed class StepClock
{
    private long _start;

    public StepClock()
    {
        Start = new StartMark(this);
        End = new EndMark(this);
    }

    public Regularizer Start { get; }

    public Constraint End { get; }

    /// <summary>Microseconds of each step.</summary>
    public List<double> Times { get; } = [];

    private sealed record StartMark(StepClock Clock) : Regularizer
    {
        public override BoundRegularizer Bind(ParameterSet weights) => new Bound(Clock);

        private sealed class Bound(StepClock clock) : BoundRegularizer
        {
            public override Tensor AddGradient()
            {
                var nothing = zeros(1);
                clock._start = Stopwatch.GetTimestamp();
                return nothing;
            }
        }
    }

    private sealed record EndMark(StepClock Clock) : Constraint
    {
        public override BoundConstraint Bind(ParameterSet weights) => new Bound(Clock);

        private sealed class Bound(StepClock clock) : BoundConstraint
        {
            public override void Apply() => clock.Times.Add(Stopwatch.GetElapsedTime(clock._start).TotalMicroseconds);
        }
    }
}
