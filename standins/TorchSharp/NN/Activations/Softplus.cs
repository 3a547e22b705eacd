using TorchSharp.Modules;
using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>A smooth ReLU.</summary>
        public sealed class Softplus : nn.Module<Tensor, Tensor>
        {
            private readonly double _beta;
            private readonly double _threshold;

            internal Softplus(double beta, double threshold) : base(nameof(Softplus)) =>
                (_beta, _threshold) = (beta, threshold);

            /// <summary>The result.</summary>
            public override Tensor forward(Tensor tensor) => nn.functional.softplus(tensor, _beta, _threshold);
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>A smooth ReLU.</summary>
            public static Softplus Softplus(double beta = 1, double threshold = 20) => new(beta, threshold);

            public static partial class functional
            {
                /// <summary>A smooth ReLU.</summary>
                public static Tensor softplus(Tensor x, double beta = 1, double threshold = 20) =>
                    Aten.Call("softplus", x, beta, threshold);
            }
        }
    }
}
