using MLNet.GradStability.Tests.Optimizers;
using static TorchSharp.torch;

namespace MLNet.GradStability.Tests;

/// <summary>The ten steps of <see cref="SmallNet"/> with everything that keeps state around them, which can be handed over at any step.</summary>
internal sealed class SmallRun : IDisposable
{
    private readonly SmallNet _net;
    private readonly BoundOptimizer _optimizer;
    private readonly BoundGradientTransform _gradients;
    private readonly BoundWeightAveraging _averaging;
    private readonly BoundSchedule _schedule;
    private readonly Generator _random = new(3);

    public SmallRun(Optimizer? optimizer = null, GradientTransform? gradients = null, WeightAveraging? averaging = null)
    {
        optimizer ??= Optimizer.Adam(0.01);
        _net = new SmallNet(optimizer.LayerRules);
        _optimizer = optimizer.Bind(_net.Flat);
        _gradients = (gradients ?? GradientTransform.Noise(0.01)).Bind(_net.Flat.All);
        _averaging = (averaging ?? WeightAveraging.Ema()).Bind(_net.Flat.Values, SmallNet.Steps / SmallNet.StepsPerEpoch);
        _schedule = optimizer.Rate.Bind(new RunLength(SmallNet.Steps, SmallNet.StepsPerEpoch));
    }

    public double[] Weights => _net.Flat.Values.ToArray();

    /// <summary>What a fit would return: the average.</summary>
    public double[] Average
    {
        get
        {
            using var _ = no_grad();
            _averaging.TakeOver();
            return Weights;
        }
    }

    public void ExchangeWeights(RunState state) => state.Exchange("weights", _net.Flat.Values);

    public void Exchange(RunState state)
    {
        ExchangeWeights(state);
        _optimizer.Exchange(state.Under("optimizer"));
        _gradients.Exchange(state.Under("gradients"));
        _averaging.Exchange(state.Under("average"));
        _schedule.Exchange(state.Under("schedule"));
        state.Exchange("random", _random);
    }

    /// <summary>The steps from one to just before another; every epoch's loss is 1, so that a plateau is one.</summary>
    public SmallRun Steps(int from, int to)
    {
        for (var step = from; step < to; step++)
        {
            using var scope = NewDisposeScope();
            _net.ComputeGradients(step);
            using var _ = no_grad();
            _averaging.ProvedFinite();
            _optimizer.Step(_schedule.RateAt(step), new StepGradients(
                () => _gradients.Apply(new GradientStep(_net.Flat.All, step, _random)),
                () => double.IsFinite(_net.ComputeGradients(step))));
            _averaging.StepTaken();
            if (step % SmallNet.StepsPerEpoch == SmallNet.StepsPerEpoch - 1)
            {
                _averaging.EpochEnded((step + 1) / SmallNet.StepsPerEpoch);
                _schedule.EpochEnded(1);
            }
        }

        return this;
    }

    /// <summary>Weights and all state, bit for bit.</summary>
    public byte[] Bytes()
    {
        using var snapshot = new StateSnapshot();
        snapshot.Capture(Exchange);
        return snapshot.ToBytes();
    }

    public void Dispose()
    {
        _random.Dispose();
        _averaging.Dispose();
        _gradients.Dispose();
        _optimizer.Dispose();
        _net.Dispose();
    }
}
