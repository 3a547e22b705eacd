using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Gradients divided by their running root mean square.</summary>
        public class RMSProp : OptimizerHelper, optim.IMomentum
        {
            /// <summary>Over one group of parameters.</summary>
            public RMSProp(IEnumerable<Parameter> parameters, double lr = 1e-3, double alpha = 0.99, double eps = 1e-8,
                double weight_decay = 0, double momentum = 0, bool centered = false, bool maximize = false)
                : this([new ParamGroup { Parameters = parameters }], lr, alpha, eps, weight_decay, momentum, centered, maximize)
            {
            }

            /// <summary>Over groups of parameters.</summary>
            public RMSProp(IEnumerable<ParamGroup> parameters, double lr = 1e-3, double alpha = 0.99, double eps = 1e-8,
                double weight_decay = 0, double momentum = 0, bool centered = false, bool maximize = false)
                : base(Checked(new Options
                {
                    LearningRate = lr,
                    InitialLearningRate = lr,
                    alpha = alpha,
                    eps = eps,
                    weight_decay = weight_decay,
                    momentum = momentum,
                    centered = centered,
                    maximize = maximize,
                }))
            {
                foreach (var group in parameters)
                    add_param_group(group);
            }

            /// <summary>The momentum.</summary>
            public double Momentum
            {
                get => ((Options)Defaults).momentum!.Value;
                set => ((Options)Defaults).momentum = value;
            }

            internal override OptimizerOptions NewOptions() => new Options();

            internal override OptimizerState NewState(Parameter parameter) => new State(parameter);

            internal override void Update(Parameter parameter, Tensor gradient, OptimizerState optimizerState,
                OptimizerOptions optimizerOptions)
            {
                var (state, options) = ((State)optimizerState, (Options)optimizerOptions);
                var (alpha, rate) = (options.alpha!.Value, options.LearningRate!.Value);
                if (options.maximize!.Value)
                    gradient = gradient.neg();
                state.step++;
                if (options.weight_decay!.Value != 0)
                    gradient = gradient.add(parameter, options.weight_decay.Value);
                state.square_avg.mul_(alpha).addcmul_(gradient, gradient, 1 - alpha);
                var average = state.square_avg;
                if (options.centered!.Value)
                {
                    var mean = state.grad_avg!.mul_(alpha).add_(gradient, 1 - alpha);
                    average = state.square_avg.addcmul(mean, mean, -1);
                }
                var denominator = average.sqrt().add_(options.eps!.Value);
                if (options.momentum!.Value > 0)
                    parameter.add_(state.momentum_buffer!.mul_(options.momentum.Value).addcdiv_(gradient, denominator, 1), -rate);
                else
                    parameter.addcdiv_(gradient, denominator, -rate);
            }

            private static Options Checked(Options options)
            {
                if (options.LearningRate < 0)
                    throw new ArgumentException($"Invalid learning rate: {options.LearningRate}");
                if (options.eps < 0)
                    throw new ArgumentException($"Invalid ε: {options.eps}");
                if (options.momentum < 0)
                    throw new ArgumentException($"Invalid momentum value: {options.momentum}");
                if (options.weight_decay < 0)
                    throw new ArgumentException($"Invalid weight_decay value: {options.weight_decay}");
                if (options.alpha < 0)
                    throw new ArgumentException($"Invalid alpha: {options.alpha}");
                return options;
            }

            /// <summary>What RMSProp can be told.</summary>
            public class Options : OptimizerOptions
            {
                /// <summary>Whether to climb.</summary>
                public bool? maximize;

                /// <summary>Share of the last step.</summary>
                public double? momentum;

                /// <summary>Decay rate of the mean square.</summary>
                public double? alpha;

                /// <summary>Added to denominators.</summary>
                public double? eps;

                /// <summary>Decay of the weights.</summary>
                public double? weight_decay;

                /// <summary>Whether the mean is taken out.</summary>
                public bool? centered;

                internal override void Visit(OptionVisitor visitor)
                {
                    visitor.Flag(ref maximize);
                    visitor.Number(ref momentum);
                    visitor.Number(ref alpha);
                    visitor.Number(ref eps);
                    visitor.Number(ref weight_decay);
                    visitor.Flag(ref centered);
                }
            }

            /// <summary>What RMSProp remembers of a parameter.</summary>
            public sealed class State : OptimizerState, IDisposable
            {
                /// <summary>Steps so far.</summary>
                public long step;

                /// <summary>Mean square.</summary>
                public Tensor square_avg = null!;

                /// <summary>Running sum of steps.</summary>
                public Tensor? momentum_buffer;

                /// <summary>Mean, when centred.</summary>
                public Tensor? grad_avg;

                /// <summary>The state of a parameter.</summary>
                public State(Parameter parameter) : base(parameter)
                {
                }

                /// <summary>Disposes the tensors.</summary>
                public void Dispose() => Release();

                /// <summary>Starts again.</summary>
                public override void Initialize(OptimizerOptions options)
                {
                    Release();
                    step = 0;
                    square_avg = Zeros();
                    grad_avg = Zeros();
                    momentum_buffer = Zeros();
                }

                internal override void Visit(StateVisitor visitor)
                {
                    visitor.Count(ref step);
                    visitor.Tensor(ref square_avg);
                    visitor.Optional(ref momentum_buffer);
                    visitor.Optional(ref grad_avg);
                }
            }

            /// <summary>Parameters with options of their own.</summary>
            public class ParamGroup : ParamGroup<Options>, optim.IMomentum
            {
                /// <summary>A group to be filled.</summary>
                public ParamGroup()
                {
                }

                /// <summary>Parameters with options.</summary>
                public ParamGroup(IEnumerable<Parameter> parameters, Options options) : base(parameters, options)
                {
                }

                /// <summary>The momentum.</summary>
                public double Momentum
                {
                    get => Options.momentum!.Value;
                    set => Options.momentum = value;
                }
            }
        }
    }

    public static partial class torch
    {
        public static partial class optim
        {
            /// <summary>Gradients divided by their running root mean square.</summary>
            public static RMSProp RMSProp(IEnumerable<Parameter> parameters, double lr = 0.01, double alpha = 0.99, double eps = 1e-8,
                double weight_decay = 0, double momentum = 0, bool centered = false, bool maximize = false) =>
                new(parameters, lr, alpha, eps, weight_decay, momentum, centered, maximize);

            /// <summary>Gradients divided by their running root mean square.</summary>
            public static RMSProp RMSProp(IEnumerable<RMSProp.ParamGroup> parameters, double lr = 0.01, double alpha = 0.99,
                double eps = 1e-8, double weight_decay = 0, double momentum = 0, bool centered = false, bool maximize = false) =>
                new(parameters, lr, alpha, eps, weight_decay, momentum, centered, maximize);

            /// <summary>Gradients divided by their running root mean square.</summary>
            public static RMSProp RMSProp(IEnumerable<(string name, Parameter parameter)> parameters, double lr = 0.01,
                double alpha = 0.99, double eps = 1e-8, double weight_decay = 0, double momentum = 0, bool centered = false,
                bool maximize = false) =>
                new(parameters.Select(pair => pair.parameter), lr, alpha, eps, weight_decay, momentum, centered, maximize);
        }
    }
}
