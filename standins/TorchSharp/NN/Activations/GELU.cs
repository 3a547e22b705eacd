using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Gaussian error linear unit.</summary>
        public sealed class GELU : nn.Module<Tensor, Tensor>
        {
            internal GELU() : base(nameof(GELU))
            {
            }

            /// <summary>The result.</summary>
            public override Tensor forward(Tensor tensor) => nn.functional.gelu(tensor);
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Gaussian error linear unit.</summary>
            public static GELU GELU() => new();

            public static partial class functional
            {
                /// <summary>Gaussian error linear unit.</summary>
                public static Tensor gelu(Tensor x) =>
                    x.gelu();
            }
        }
    }
}
