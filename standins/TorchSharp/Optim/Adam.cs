using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Adam (arXiv 1412.6980).</summary>
        public class Adam : OptimizerHelper, optim.IBetas
        {
            /// <summary>Over one group of parameters.</summary>
            public Adam(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
                double weight_decay = 0, bool amsgrad = false, bool maximize = false)
                : this([new ParamGroup { Parameters = parameters }], lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)
            {
            }

            /// <summary>Over groups of parameters.</summary>
            public Adam(IEnumerable<ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
                double weight_decay = 0, bool amsgrad = false, bool maximize = false)
                : base(Checked(new Options
                {
                    LearningRate = lr,
                    InitialLearningRate = lr,
                    beta1 = beta1,
                    beta2 = beta2,
                    eps = eps,
                    weight_decay = weight_decay,
                    amsgrad = amsgrad,
                    maximize = maximize,
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
                if (options.maximize!.Value)
                    gradient = gradient.neg();
                state.step++;
                if (options.weight_decay!.Value != 0)
                    gradient = gradient.add(parameter, options.weight_decay.Value);
                state.exp_avg.mul_(beta1).add_(gradient, 1 - beta1);
                state.exp_avg_sq.mul_(beta2).addcmul_(gradient, gradient, 1 - beta2);
                var second = state.exp_avg_sq;
                if (state.max_exp_avg_sq is { } greatest)
                    second = greatest.copy_(greatest.maximum(second));
                var correction1 = 1 - Math.Pow(beta1, state.step);
                var correction2 = 1 - Math.Pow(beta2, state.step);
                var denominator = second.sqrt().div_(Math.Sqrt(correction2)).add_(options.eps!.Value);
                parameter.addcdiv_(state.exp_avg, denominator, -(options.LearningRate!.Value / correction1));
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

            /// <summary>What Adam can be told.</summary>
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

                /// <summary>Whether the second moment never shrinks.</summary>
                public bool? amsgrad;

                /// <summary>Whether to climb.</summary>
                public bool? maximize;

                internal override void Visit(OptionVisitor visitor)
                {
                    visitor.Number(ref beta1);
                    visitor.Number(ref beta2);
                    visitor.Number(ref eps);
                    visitor.Number(ref weight_decay);
                    visitor.Flag(ref amsgrad);
                    visitor.Flag(ref maximize);
                }
            }

            /// <summary>What Adam remembers of a parameter.</summary>
            public sealed class State : OptimizerState, IDisposable
            {
                /// <summary>Steps so far.</summary>
                public long step;

                /// <summary>First moment.</summary>
                public Tensor exp_avg = null!;

                /// <summary>Second moment.</summary>
                public Tensor exp_avg_sq = null!;

                /// <summary>Greatest second moment so far, under AMSGrad.</summary>
                public Tensor? max_exp_avg_sq;

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
                    exp_avg_sq = Zeros();
                    if (((Options)options).amsgrad!.Value)
                        max_exp_avg_sq = Zeros();
                }

                internal override void Visit(StateVisitor visitor)
                {
                    visitor.Count(ref step);
                    visitor.Tensor(ref exp_avg);
                    visitor.Tensor(ref exp_avg_sq);
                    visitor.Optional(ref max_exp_avg_sq);
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
            /// <summary>Adam (arXiv 1412.6980).</summary>
            public static Adam Adam(IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999,
                double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

            /// <summary>Adam (arXiv 1412.6980).</summary>
            public static Adam Adam(IEnumerable<Adam.ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999,
                double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

            /// <summary>Adam (arXiv 1412.6980).</summary>
            public static Adam Adam(IEnumerable<(string name, Parameter parameter)> parameters, double lr = 1e-3, double beta1 = 0.9,
                double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters.Select(pair => pair.parameter), lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);
        }
    }
}
