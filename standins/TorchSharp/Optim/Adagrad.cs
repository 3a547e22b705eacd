using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Gradients divided by the root of their sum of squares.</summary>
        public class Adagrad : OptimizerHelper
        {
            /// <summary>Over one group of parameters.</summary>
            public Adagrad(IEnumerable<Parameter> parameters, double lr = 0.01, double lr_decay = 0, double weight_decay = 0,
                double initial_accumulator_value = 0, double eps = 1e-10)
                : this([new ParamGroup { Parameters = parameters }], lr, lr_decay, weight_decay, initial_accumulator_value, eps)
            {
            }

            /// <summary>Over groups of parameters.</summary>
            public Adagrad(IEnumerable<ParamGroup> parameters, double lr = 0.01, double lr_decay = 0, double weight_decay = 0,
                double initial_accumulator_value = 0, double eps = 1e-10)
                : base(Checked(new Options
                {
                    LearningRate = lr,
                    InitialLearningRate = lr,
                    lr_decay = lr_decay,
                    weight_decay = weight_decay,
                    initial_accumulator_value = initial_accumulator_value,
                    eps = eps,
                }))
            {
                foreach (var group in parameters)
                    add_param_group(group);
            }

            internal override OptimizerOptions NewOptions() => new Options();

            internal override OptimizerState NewState(Parameter parameter) => new State(parameter);

            internal override void Update(Parameter parameter, Tensor gradient, OptimizerState optimizerState,
                OptimizerOptions optimizerOptions)
            {
                var (state, options) = ((State)optimizerState, (Options)optimizerOptions);
                state.step++;
                if (options.weight_decay!.Value != 0)
                    gradient = gradient.add(parameter, options.weight_decay.Value);
                state.sum.addcmul_(gradient, gradient, 1);
                var rate = options.LearningRate!.Value / (1 + (state.step - 1) * options.lr_decay!.Value);
                parameter.addcdiv_(gradient, state.sum.sqrt().add_(options.eps!.Value), -rate);
            }

            private static Options Checked(Options options)
            {
                if (options.LearningRate < 0)
                    throw new ArgumentException($"Invalid learning rate: {options.LearningRate}");
                if (options.eps < 0)
                    throw new ArgumentException($"Invalid ε: {options.eps}");
                if (options.lr_decay < 0)
                    throw new ArgumentException($"Invalid lr_decay value: {options.lr_decay}");
                if (options.initial_accumulator_value < 0)
                    throw new ArgumentException($"Invalid initial_accumulator_value: {options.initial_accumulator_value}");
                if (options.weight_decay < 0)
                    throw new ArgumentException($"Invalid weight_decay value: {options.weight_decay}");
                return options;
            }

            /// <summary>What Adagrad can be told.</summary>
            public class Options : OptimizerOptions
            {
                /// <summary>How fast the rate falls.</summary>
                public double? lr_decay;

                /// <summary>Sum of squares at the start.</summary>
                public double? initial_accumulator_value;

                /// <summary>Added to denominators.</summary>
                public double? eps;

                /// <summary>Decay of the weights.</summary>
                public double? weight_decay;

                internal override void Visit(OptionVisitor visitor)
                {
                    visitor.Number(ref lr_decay);
                    visitor.Number(ref initial_accumulator_value);
                    visitor.Number(ref eps);
                    visitor.Number(ref weight_decay);
                }
            }

            /// <summary>What Adagrad remembers of a parameter.</summary>
            public sealed class State : OptimizerState, IDisposable
            {
                /// <summary>Steps so far.</summary>
                public long step;

                /// <summary>Sum of squares.</summary>
                public Tensor sum = null!;

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
                    sum = full_like(_parameter, ((Options)options).initial_accumulator_value!.Value).DetachFromDisposeScope();
                }

                internal override void Visit(StateVisitor visitor)
                {
                    visitor.Count(ref step);
                    visitor.Tensor(ref sum);
                }
            }

            /// <summary>Parameters with options of their own.</summary>
            public class ParamGroup : ParamGroup<Options>
            {
                /// <summary>A group to be filled.</summary>
                public ParamGroup()
                {
                }

                /// <summary>Parameters with options.</summary>
                public ParamGroup(IEnumerable<Parameter> parameters, Options options) : base(parameters, options)
                {
                }
            }
        }
    }

    public static partial class torch
    {
        public static partial class optim
        {
            /// <summary>Gradients divided by the root of their sum of squares.</summary>
            public static Adagrad Adagrad(IEnumerable<Parameter> parameters, double lr = 0.01, double lr_decay = 0,
                double weight_decay = 0, double initial_accumulator_value = 0, double eps = 1e-10) =>
                new(parameters, lr, lr_decay, weight_decay, initial_accumulator_value, eps);

            /// <summary>Gradients divided by the root of their sum of squares.</summary>
            public static Adagrad Adagrad(IEnumerable<Adagrad.ParamGroup> parameters, double lr = 0.01, double lr_decay = 0,
                double weight_decay = 0, double initial_accumulator_value = 0, double eps = 1e-10) =>
                new(parameters, lr, lr_decay, weight_decay, initial_accumulator_value, eps);

            /// <summary>Gradients divided by the root of their sum of squares.</summary>
            public static Adagrad Adagrad(IEnumerable<(string name, Parameter parameter)> parameters, double lr = 0.01,
                double lr_decay = 0, double weight_decay = 0, double initial_accumulator_value = 0, double eps = 1e-10) =>
                new(parameters.Select(pair => pair.parameter), lr, lr_decay, weight_decay, initial_accumulator_value, eps);
        }
    }
}
