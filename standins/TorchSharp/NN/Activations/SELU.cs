using TorchSharp.Modules;
using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Scaled exponential linear unit.</summary>
        public sealed class SELU : nn.Module<Tensor, Tensor>
        {
            private readonly bool _inplace;

            internal SELU(bool inplace) : base(nameof(SELU)) => _inplace = inplace;

            /// <summary>The result.</summary>
            public override Tensor forward(Tensor tensor) => nn.functional.selu(tensor, _inplace);
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Scaled exponential linear unit.</summary>
            public static SELU SELU(bool inplace = false) => new(inplace);

            public static partial class functional
            {
                /// <summary>Scaled exponential linear unit.</summary>
                public static Tensor selu(Tensor x, bool inplace = false) =>
                    inplace ? Aten.Call("selu_", x) : x.selu();
            }
        }
    }
}
