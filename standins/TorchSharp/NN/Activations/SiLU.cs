using TorchSharp.Modules;
using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>The value times its logistic function.</summary>
        public sealed class SiLU : nn.Module<Tensor, Tensor>
        {
            internal SiLU() : base(nameof(SiLU))
            {
            }

            /// <summary>The result.</summary>
            public override Tensor forward(Tensor tensor) => nn.functional.silu(tensor);
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>The value times its logistic function.</summary>
            public static SiLU SiLU() => new();

            public static partial class functional
            {
                /// <summary>The value times its logistic function.</summary>
                public static Tensor silu(Tensor x, bool inplace = false) =>
                    inplace ? Aten.Call("silu_", x) : x.silu();
            }
        }
    }
}
