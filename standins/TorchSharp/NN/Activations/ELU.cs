using TorchSharp.Modules;
using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Exponential linear unit.</summary>
        public sealed class ELU : nn.Module<Tensor, Tensor>
        {
            private readonly double _alpha;
            private readonly bool _inplace;

            internal ELU(double alpha, bool inplace) : base(nameof(ELU)) =>
                (_alpha, _inplace) = (alpha, inplace);

            /// <summary>The result.</summary>
            public override Tensor forward(Tensor tensor) => nn.functional.elu(tensor, _alpha, _inplace);
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Exponential linear unit.</summary>
            public static ELU ELU(double alpha = 1, bool inplace = false) => new(alpha, inplace);

            public static partial class functional
            {
                /// <summary>Exponential linear unit.</summary>
                public static Tensor elu(Tensor x, double alpha, bool inplace = false) =>
                    inplace ? Aten.Call("elu_", x, alpha) : Aten.Call("elu", x, alpha);
            }
        }
    }
}
