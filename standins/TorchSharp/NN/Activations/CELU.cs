using TorchSharp.Modules;
using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Continuously differentiable exponential linear unit.</summary>
        public sealed class CELU : nn.Module<Tensor, Tensor>
        {
            private readonly double _alpha;
            private readonly bool _inplace;

            internal CELU(double alpha, bool inplace) : base(nameof(CELU)) =>
                (_alpha, _inplace) = (alpha, inplace);

            /// <summary>The result.</summary>
            public override Tensor forward(Tensor tensor) => nn.functional.celu(tensor, _alpha, _inplace);
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Continuously differentiable exponential linear unit.</summary>
            public static CELU CELU(double alpha = 1, bool inplace = false) => new(alpha, inplace);

            public static partial class functional
            {
                /// <summary>Continuously differentiable exponential linear unit.</summary>
                public static Tensor celu(Tensor x, double alpha, bool inplace = false) =>
                    inplace ? Aten.Call("celu_", x, alpha) : Aten.Call("celu", x, alpha);
            }
        }
    }
}
