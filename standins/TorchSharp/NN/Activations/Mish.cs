using TorchSharp.Modules;
using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>The value times the hyperbolic tangent of its softplus.</summary>
        public sealed class Mish : nn.Module<Tensor, Tensor>
        {
            internal Mish() : base(nameof(Mish))
            {
            }

            /// <summary>The result.</summary>
            public override Tensor forward(Tensor tensor) => Aten.Call("mish", tensor);
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>The value times the hyperbolic tangent of its softplus.</summary>
            public static Mish Mish() => new();
        }
    }
}
