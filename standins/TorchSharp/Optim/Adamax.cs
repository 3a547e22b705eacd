using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Adam with the greatest instead of the second moment.</summary>
        public class Adamax : OptimizerHelper, optim.IBetas
        {
            /// <summary>Over one group of parameters.</summary>
            public Adamax(IEnumerable<Parameter> parameters, double lr, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
                double weight_decay = 0)
                : this([new ParamGroup { Parameters = parameters }], lr, beta1, beta2, eps, weight_decay)
            {
            }

            /// <summary>Over groups of parameters.</summary>
            public Adamax(IEnumerable<ParamGroup> parameters, double lr = 2e-3, double beta1 = 0.9, double beta2 = 0.999,
                double eps = 1e-8, double weight_decay = 0)
                : base(Checked(new Options
                {
                    LearningRate = lr,
                    InitialLearningRate = lr,
                    beta1 = beta1,
                    beta2 = beta2,
                    eps = eps,
                    weight_decay = weight_decay,
                }))
            {
                foreach (var group in parameters)
                    add_param_group(group);
            }

            /// <summary>The decay rates of the first and second moment.</summary>
            public (double, double) Betas
            {
                get => (((Options)Defaults).beta1!.Value, ((Options)Defaults).beta2!.Value);
                set => (((Options)Defaults).beta1, ((Options)Defaults).beta2) = value;
            }

            internal override OptimizerOptions NewOptions() => new Options();

            internal override OptimizerState NewState(Parameter parameter) => new State(parameter);

            internal override void Update(Parameter parameter, Tensor gradient, OptimizerState optimizerState,
                OptimizerOptions optimizerOptions)
            {
                var (state, options) = ((State)optimizerState, (Options)optimizerOptions);
                var (beta1, beta2) = (options.beta1!.Value, options.beta2!.Value);
                state.step++;
                if (options.weight_decay!.Value != 0)
                    gradient = gradient.add(parameter, options.weight_decay.Value);
                state.exp_avg.mul_(beta1).add_(gradient, 1 - beta1);
                state.exp_inf.copy_(state.exp_inf.mul(beta2).maximum(gradient.abs().add_(options.eps!.Value)));
                parameter.addcdiv_(state.exp_avg, state.exp_inf, -(options.LearningRate!.Value / (1 - Math.Pow(beta1, state.step))));
            }

            private static Options Checked(Options options)
            {
                if (options.LearningRate < 0)
                    throw new ArgumentException($"Invalid learning rate: {options.LearningRate}");
                if (options.eps < 0)
                    throw new ArgumentException($"Invalid ε: {options.eps}");
                if (options.beta1 is < 0 or >= 1)
                    throw new ArgumentException($"Invalid beta1: {options.beta1}");
                if (options.beta2 is < 0 or >= 1)
                    throw new ArgumentException($"Invalid beta2: {options.beta2}");
                if (options.weight_decay < 0)
                    throw new ArgumentException($"Invalid weight_decay value: {options.weight_decay}");
                return options;
            }

            /// <summary>What Adamax can be told.</summary>
            public class Options : OptimizerOptions
            {
                /// <summary>Decay rate of the first moment.</summary>
                public double? beta1;

                /// <summary>Decay rate of the second moment.</summary>
                public double? beta2;

                /// <summary>Added to denominators.</summary>
                public double? eps;

                /// <summary>Decay of the weights.</summary>
                public double? weight_decay;

                internal override void Visit(OptionVisitor visitor)
                {
                    visitor.Number(ref beta1);
                    visitor.Number(ref beta2);
                    visitor.Number(ref eps);
                    visitor.Number(ref weight_decay);
                }
            }

            /// <summary>What Adamax remembers of a parameter.</summary>
            public sealed class State : OptimizerState, IDisposable
            {
                /// <summary>Steps so far.</summary>
                public long step;

                /// <summary>First moment.</summary>
                public Tensor exp_avg = null!;

                /// <summary>Decayed greatest gradient.</summary>
                public Tensor exp_inf = null!;

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
                    exp_avg = Zeros();
                    exp_inf = Zeros();
                }

                internal override void Visit(StateVisitor visitor)
                {
                    visitor.Count(ref step);
                    visitor.Tensor(ref exp_avg);
                    visitor.Tensor(ref exp_inf);
                }
            }

            /// <summary>Parameters with options of their own.</summary>
            public class ParamGroup : ParamGroup<Options>, optim.IBetas
            {
                /// <summary>A group to be filled.</summary>
                public ParamGroup()
                {
                }

                /// <summary>Parameters with options.</summary>
                public ParamGroup(IEnumerable<Parameter> parameters, Options options) : base(parameters, options)
                {
                }

                /// <summary>The decay rates of the first and second moment.</summary>
                public (double, double) Betas
                {
                    get => (Options.beta1!.Value, Options.beta2!.Value);
                    set => (Options.beta1, Options.beta2) = value;
                }
            }
        }
    }

    public static partial class torch
    {
        public static partial class optim
        {
            /// <summary>Adam with the greatest instead of the second moment.</summary>
            public static Adamax Adamax(IEnumerable<Parameter> parameters, double lr = 2e-3, double beta1 = 0.9, double beta2 = 0.999,
                double eps = 1e-8, double weight_decay = 0) =>
                new(parameters, lr, beta1, beta2, eps, weight_decay);

            /// <summary>Adam with the greatest instead of the second moment.</summary>
            public static Adamax Adamax(IEnumerable<Adamax.ParamGroup> parameters, double lr = 2e-3, double beta1 = 0.9,
                double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0) =>
                new(parameters, lr, beta1, beta2, eps, weight_decay);

            /// <summary>Adam with the greatest instead of the second moment.</summary>
            public static Adamax Adamax(IEnumerable<(string name, Parameter parameter)> parameters, double lr = 2e-3, double beta1 = 0.9,
                double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0) =>
                new(parameters.Select(pair => pair.parameter), lr, beta1, beta2, eps, weight_decay);
        }
    }
}
