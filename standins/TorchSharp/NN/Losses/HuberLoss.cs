using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Squared below delta, absolute above.</summary>
        public sealed class HuberLoss : Loss<Tensor, Tensor, Tensor>
        {
            /// <summary>Squared below delta, absolute above.</summary>
            public HuberLoss(double delta = 1, nn.Reduction reduction = nn.Reduction.Mean) : base(reduction) =>
                this.delta = delta;

            /// <summary>Where squares end.</summary>
            public double delta { get; }

            /// <summary>The loss.</summary>
            public override Tensor forward(Tensor input, Tensor target) =>
                nn.functional.huber_loss(input, target, delta, reduction);
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Squared below delta, absolute above.</summary>
            public static HuberLoss HuberLoss(double delta = 1, Reduction reduction = Reduction.Mean) => new(delta, reduction);
        }
    }
}
