using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Logistic function.</summary>
        public sealed class Sigmoid : nn.Module<Tensor, Tensor>
        {
            internal Sigmoid() : base(nameof(Sigmoid))
            {
            }

            /// <summary>The result.</summary>
            public override Tensor forward(Tensor tensor) => tensor.sigmoid();
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Logistic function.</summary>
            public static Sigmoid Sigmoid() => new();

            public static partial class functional
            {
                /// <summary>Logistic function.</summary>
                public static Tensor sigmoid(Tensor x) =>
                    x.sigmoid();
            }
        }
    }
}
