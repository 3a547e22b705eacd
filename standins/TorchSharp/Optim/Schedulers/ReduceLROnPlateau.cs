namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>A factor whenever a metric has not improved for some steps.</summary>
                public class ReduceLROnPlateau : LRScheduler
                {
                    private readonly bool _smaller;
                    private readonly bool _relative;
                    private readonly double _factor;
                    private readonly int _patience;
                    private readonly double _threshold;
                    private readonly int _cooldown;
                    private readonly double[] _least;
                    private readonly double _eps;
                    private double _best;
                    private int _bad;
                    private int _cooling;

                    /// <summary>A schedule over an optimiser.</summary>
                    public ReduceLROnPlateau(Optimizer optimizer, string mode = "min", double factor = 0.1, int patience = 10,
                        double threshold = 0.0001, string threshold_mode = "rel", int cooldown = 0, IList<double>? min_lr = null,
                        double eps = 1E-08, bool verbose = false) : base(optimizer, -1, verbose)
                    {
                        if (factor >= 1)
                            throw new ArgumentException("Factor should be < 1.0");
                        if (mode is not ("min" or "max"))
                            throw new ArgumentException($"mode {mode} is unknown!");
                        if (threshold_mode is not ("rel" or "abs"))
                            throw new ArgumentException($"threshold mode {threshold_mode} is unknown!");
                        (_smaller, _relative, _factor, _patience) = (mode == "min", threshold_mode == "rel", factor, patience);
                        (_threshold, _cooldown, _eps) = (threshold, cooldown, eps);
                        _least = min_lr is { Count: > 1 } ? [.. min_lr] : Enumerable.Repeat(min_lr?.FirstOrDefault() ?? 0,
                            Bases.Length).ToArray();
                        _best = _smaller ? double.PositiveInfinity : double.NegativeInfinity;
                    }

                    /// <summary>Goes one step on with a metric.</summary>
                    public override void step(double current, int? epoch = null)
                    {
                        Epoch = epoch ?? Epoch + 1;
                        _bad++;
                        if (IsBetter(current))
                            (_best, _bad) = (current, 0);
                        if (_cooling > 0)
                        {
                            _cooling--;
                            _bad = 0;
                        }
                        if (_bad <= _patience)
                            return;
                        foreach (var (group, least) in Target.ParamGroups.Zip(_least))
                        {
                            var reduced = Math.Max(group.LearningRate * _factor, least);
                            if (group.LearningRate - reduced > _eps)
                                group.LearningRate = reduced;
                        }
                        (_cooling, _bad) = (_cooldown, 0);
                    }

                    /// <summary>Always throws: the schedule needs a metric.</summary>
                    public override void step() =>
                        throw new InvalidOperationException("step() should not be used with the ReduceLROnPlateau scheduler. Use step(double, int?), instead.");

                    private bool IsBetter(double current) => (_smaller, _relative) switch
                    {
                        (true, true) => current < _best * (1 - _threshold),
                        (true, false) => current < _best - _threshold,
                        (false, true) => current > _best * (1 + _threshold),
                        _ => current > _best + _threshold,
                    };
                }
            }

            /// <summary>A factor whenever a metric has not improved for some steps.</summary>
            public static LRScheduler ReduceLROnPlateau(Optimizer optimizer, string mode = "min", double factor = 0.1, int patience = 10,
                double threshold = 0.0001, string threshold_mode = "rel", int cooldown = 0, IList<double>? min_lr = null,
                double eps = 1E-08, bool verbose = false) =>
                new impl.ReduceLROnPlateau(optimizer, mode, factor, patience, threshold, threshold_mode, cooldown, min_lr, eps, verbose);
        }
    }
}
