using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Gradient descent with momentum.</summary>
        public class SGD : OptimizerHelper, optim.IMomentum
        {
            /// <summary>Over one group of parameters.</summary>
            public SGD(IEnumerable<Parameter> parameters, double lr, double momentum = 0, double dampening = 0, double weight_decay = 0,
                bool nesterov = false, bool maximize = false)
                : this([new ParamGroup { Parameters = parameters }], lr, momentum, dampening, weight_decay, nesterov, maximize)
            {
            }

            /// <summary>Over groups of parameters.</summary>
            public SGD(IEnumerable<ParamGroup> parameters, double lr, double momentum = 0, double dampening = 0, double weight_decay = 0,
                bool nesterov = false, bool maximize = false)
                : base(Checked(new Options
                {
                    LearningRate = lr,
                    InitialLearningRate = lr,
                    momentum = momentum,
                    dampening = dampening,
                    weight_decay = weight_decay,
                    nesterov = nesterov,
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
                if (options.weight_decay!.Value != 0)
                    gradient = gradient.add(parameter, options.weight_decay.Value);
                var momentum = options.momentum!.Value;
                if (momentum != 0)
                {
                    if (state.momentum_buffer is { } buffer)
                        buffer.mul_(momentum).add_(gradient, 1 - options.dampening!.Value);
                    else
                        buffer = state.momentum_buffer = gradient.clone().detach_().DetachFromDisposeScope();
                    gradient = options.nesterov!.Value ? gradient.add(buffer, momentum) : buffer;
                }
                var rate = options.LearningRate!.Value;
                parameter.add_(gradient, options.maximize!.Value ? rate : -rate);
            }

            private static Options Checked(Options options)
            {
                if (options.LearningRate < 0)
                    throw new ArgumentException($"Invalid learning rate: {options.LearningRate}");
                if (options.momentum < 0)
                    throw new ArgumentException($"Invalid momentum value: {options.momentum}");
                if (options.weight_decay < 0)
                    throw new ArgumentException($"Invalid weight_decay value: {options.weight_decay}");
                if (options.nesterov is true && (options.momentum <= 0 || options.dampening != 0))
                    throw new ArgumentException("Nesterov momentum requires a momentum and zero dampening");
                return options;
            }

            /// <summary>What SGD can be told.</summary>
            public class Options : OptimizerOptions
            {
                /// <summary>Share of the last step.</summary>
                public double? momentum;

                /// <summary>Dampening of the momentum.</summary>
                public double? dampening;

                /// <summary>Decay of the weights.</summary>
                public double? weight_decay;

                /// <summary>Whether to look ahead.</summary>
                public bool? nesterov;

                /// <summary>Whether to climb.</summary>
                public bool? maximize;

                internal override void Visit(OptionVisitor visitor)
                {
                    visitor.Number(ref momentum);
                    visitor.Number(ref dampening);
                    visitor.Number(ref weight_decay);
                    visitor.Flag(ref nesterov);
                    visitor.Flag(ref maximize);
                }
            }

            /// <summary>What SGD remembers of a parameter.</summary>
            public sealed class State : OptimizerState, IDisposable
            {
                /// <summary>Running sum of gradients.</summary>
                public Tensor? momentum_buffer;

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
                }

                internal override void Visit(StateVisitor visitor)
                {
                    visitor.Optional(ref momentum_buffer);
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
            /// <summary>Gradient descent with momentum.</summary>
            public static SGD SGD(IEnumerable<Parameter> parameters, double learningRate, double momentum = 0, double dampening = 0,
                double weight_decay = 0, bool nesterov = false, bool maximize = false) =>
                new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize);

            /// <summary>Gradient descent with momentum.</summary>
            public static SGD SGD(IEnumerable<SGD.ParamGroup> parameters, double learningRate, double momentum = 0, double dampening = 0,
                double weight_decay = 0, bool nesterov = false, bool maximize = false) =>
                new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize);

            /// <summary>Gradient descent with momentum.</summary>
            public static SGD SGD(IEnumerable<(string name, Parameter parameter)> parameters, double learningRate, double momentum = 0,
                double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false) =>
                new(parameters.Select(pair => pair.parameter), learningRate, momentum, dampening, weight_decay, nesterov, maximize);
        }
    }
}
