namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary>Schedules of the learning rate.</summary>
        public static partial class lr_scheduler
        {
            /// <summary>Changes the learning rates of an optimiser from step to step.</summary>
            public abstract class LRScheduler
            {
                internal readonly Optimizer Target;
                internal readonly double[] Bases;
                internal int Epoch;
                private readonly bool _verbose;
                private double[] _last;

                /// <summary>A schedule over an optimiser.</summary>
                protected LRScheduler(Optimizer optimizer, int last_epoch = -1, bool verbose = false)
                {
                    (Target, Epoch, _verbose) = (optimizer ?? throw new ArgumentNullException(nameof(optimizer)), last_epoch, verbose);
                    Bases = optimizer.ParamGroups.Select(group => group.InitialLearningRate).ToArray();
                    _last = optimizer.ParamGroups.Select(group => group.LearningRate).ToArray();
                }

                internal IEnumerable<double> Rates => Target.ParamGroups.Select(group => group.LearningRate);

                /// <summary>The learning rates of the last step.</summary>
                public IEnumerable<double> get_last_lr() => _last;

                /// <summary>Goes one step on.</summary>
                public virtual void step() => step(null);

                /// <summary>Goes one step on, or to a given step.</summary>
                public virtual void step(int? epoch)
                {
                    Epoch = epoch ?? Epoch + 1;
                    var rates = (epoch is null ? get_lr() : get_closed_form_lr()).ToArray();
                    foreach (var ((group, rate), last) in Target.ParamGroups.Zip(rates).Zip(_last))
                    {
                        group.LearningRate = rate;
                        if (_verbose && rate != last)
                            Console.WriteLine($"Adjusting learning rate to {rate}");
                    }
                    _last = rates;
                }

                /// <summary>Goes one step on; most schedules ignore the metric.</summary>
                public virtual void step(double current, int? epoch = null) => step(epoch);

                /// <summary>The learning rates of this step, from those of the last one.</summary>
                protected virtual IEnumerable<double> get_lr() => Rates;

                /// <summary>The learning rates of this step, from those at the start.</summary>
                protected virtual IEnumerable<double> get_closed_form_lr() => get_lr();
            }

            /// <summary>The schedules.</summary>
            public static partial class impl
            {
            }
        }
    }
}
