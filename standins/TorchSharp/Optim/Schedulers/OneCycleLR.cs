namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>One rise and fall of the rate, with the momentum the other way round (arXiv 1708.07120).</summary>
                public class OneCycleLR : LRScheduler
                {
                    private readonly record struct Phase(double End, double FromRate, double ToRate, double FromMomentum,
                        double ToMomentum);

                    private readonly int _total;
                    private readonly bool _linear;
                    private readonly bool _cycleMomentum;
                    private readonly Phase[] _phases;

                    /// <summary>How the rate goes from one value to the next.</summary>
                    public enum AnnealStrategy
                    {
                        /// <summary>Along half a cosine.</summary>
                        Cos = 0,
                        /// <summary>Along a line.</summary>
                        Linear = 1,
                    }

                    /// <summary>A schedule over an optimiser.</summary>
                    public OneCycleLR(Optimizer optimizer, double max_lr, int total_steps = -1, int epochs = -1, int steps_per_epoch = -1,
                        double pct_start = 0.3, AnnealStrategy anneal_strategy = AnnealStrategy.Cos, bool cycle_momentum = true,
                        double base_momentum = 0.85, double max_momentum = 0.95, double div_factor = 25, double final_div_factor = 10000,
                        bool three_phase = false, int last_epoch = -1, bool verbose = false) : base(optimizer, last_epoch, verbose)
                    {
                        if (cycle_momentum && optimizer is not (IMomentum or IBetas))
                            throw new ArgumentException("optimizer must support momentum with `cycle_momentum` option enabled");
                        if (pct_start is < 0 or > 1)
                            throw new ArgumentException($"Expected float between 0 and 1 for pct_start, but got {pct_start}");
                        if (total_steps == -1 && epochs == -1 && steps_per_epoch == -1)
                            throw new ArgumentException("You must define either total_steps OR (epochs AND steps_per_epoch)");
                        _total = total_steps != -1 ? total_steps : epochs * steps_per_epoch;
                        if (_total <= 0)
                            throw new ArgumentException($"Expected positive integer total_steps, but got {_total}");
                        (_linear, _cycleMomentum) = (anneal_strategy == AnnealStrategy.Linear, cycle_momentum);
                        var start = max_lr / div_factor;
                        var last = start / final_div_factor;
                        var top = pct_start * _total - 1;
                        _phases = three_phase
                            ?
                            [
                                new(top, start, max_lr, max_momentum, base_momentum),
                                new(2 * top, max_lr, start, base_momentum, max_momentum),
                                new(_total - 1, start, last, max_momentum, max_momentum),
                            ]
                            :
                            [
                                new(top, start, max_lr, max_momentum, base_momentum),
                                new(_total - 1, max_lr, last, base_momentum, max_momentum),
                            ];
                        step();
                    }

                    /// <inheritdoc/>
                    protected override IEnumerable<double> get_lr()
                    {
                        if (Epoch > _total)
                            throw new InvalidOperationException($"Tried to step {Epoch + 1} times. The specified number of total steps is {_total}");
                        var before = _phases.TakeWhile(phase => phase.End < Epoch).Take(_phases.Length - 1).ToArray();
                        var phase = _phases[before.Length];
                        var start = before.Length == 0 ? 0 : before[^1].End;
                        var share = (Epoch - start) / (phase.End - start);
                        if (_cycleMomentum)
                            SetMomentum(Between(phase.FromMomentum, phase.ToMomentum, share));
                        return Bases.Select(_ => Between(phase.FromRate, phase.ToRate, share));
                    }

                    private double Between(double from, double to, double share) =>
                        _linear ? (to - from) * share + from : to + (from - to) / 2.0 * (Math.Cos(Math.PI * share) + 1);

                    private void SetMomentum(double momentum)
                    {
                        foreach (var group in Target.ParamGroups)
                        {
                            if (group is IBetas betas)
                                betas.Betas = (momentum, betas.Betas.Item2);
                            else if (group is IMomentum single)
                                single.Momentum = momentum;
                        }
                    }
                }
            }

            /// <summary>One rise and fall of the rate, with the momentum the other way round (arXiv 1708.07120).</summary>
            public static LRScheduler OneCycleLR(Optimizer optimizer, double max_lr, int total_steps = -1, int epochs = -1,
                int steps_per_epoch = -1, double pct_start = 0.3,
                impl.OneCycleLR.AnnealStrategy anneal_strategy = impl.OneCycleLR.AnnealStrategy.Cos, bool cycle_momentum = true,
                double base_momentum = 0.85, double max_momentum = 0.95, double div_factor = 25, double final_div_factor = 10000,
                bool three_phase = false, int last_epoch = -1, bool verbose = false) =>
                new impl.OneCycleLR(optimizer, max_lr, total_steps, epochs, steps_per_epoch, pct_start, anneal_strategy, cycle_momentum,
                    base_momentum, max_momentum, div_factor, final_div_factor, three_phase, last_epoch, verbose);
        }
    }
}
