using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.GradStability.Tests.Networks;

/// <summary>Modules as users write them, for <see cref="Network.Custom"/> and <see cref="CustomNetwork"/>.</summary>
internal static class OwnNets
{
    public const string Name = "tests-own-net";

    static OwnNets()
    {
        NetworkModules.Register(Name, (inputSize, outputSize) => new OwnNet(inputSize, 6, outputSize));
        NetworkModules.Register(Name + "-mixed", (inputSize, outputSize) => new OwnNet(inputSize, 6, outputSize, BatchNorm1d(6), Dropout(0.5)));
        Descriptions.Register<OwnNetwork>();
    }

    /// <summary>A registered module.</summary>
    public static Network Registered(Activation? activation = null) => Network.Custom(Name, activation);

    /// <summary>One with TorchSharp's batch norm, and with its dropout, which draws from the process-wide random state.</summary>
    public static Network Mixed() => Network.Custom(Name + "-mixed");

    /// <summary>A module with a number to choose.</summary>
    public static Network Record(int width) => new OwnNetwork(width);

    /// <summary>A record of a user's own.</summary>
    [DescriptionKind("tests-own-network")]
    internal sealed record OwnNetwork(int Width) : CustomNetwork
    {
        protected override Module<Tensor, Tensor> CreateModule(int inputSize, int outputSize) => new OwnNet(inputSize, Width, outputSize);
    }

    /// <summary>Two ways through the network, added up, with parts that the library has no kind for.</summary>
    internal sealed class OwnNet : Module<Tensor, Tensor>
    {
        private readonly Module<Tensor, Tensor> _hidden;
        private readonly Module<Tensor, Tensor> _mixed;
        private readonly Module<Tensor, Tensor> _output;
        private readonly Module<Tensor, Tensor> _shortcut;

        public OwnNet(long inputs, long width, long outputs, params Module<Tensor, Tensor>[] mixed)
            : base(nameof(OwnNet))
        {
            _hidden = Linear(inputs, width);
            _mixed = Sequential(mixed);
            _output = Linear(width, outputs);
            _shortcut = Linear(inputs, outputs, hasBias: false);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            using var scope = NewDisposeScope();
            var hidden = functional.relu(_mixed.call(_hidden.call(input)));
            return (_output.call(hidden) + _shortcut.call(input)).MoveToOuterDisposeScope();
        }
    }
}
