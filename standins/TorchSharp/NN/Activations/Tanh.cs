using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Hyperbolic tangent.</summary>
        public sealed class Tanh : nn.Module<Tensor, Tensor>
        {
            internal Tanh() : base(nameof(Tanh))
            {
            }

            /// <summary>The result.</summary>
            public override Tensor forward(Tensor tensor) => tensor.tanh();
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Hyperbolic tangent.</summary>
            public static Tanh Tanh() => new();

            public static partial class functional
            {
                /// <summary>Hyperbolic tangent.</summary>
                public static Tensor tanh(Tensor x, bool inplace = false) =>
                    inplace ? x.tanh_().alias() : x.tanh();
            }
        }
    }
}
