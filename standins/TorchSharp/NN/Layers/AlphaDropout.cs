using TorchSharp.Modules;
using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Dropout that keeps mean and variance of self-normalising networks.</summary>
        public sealed class AlphaDropout : nn.Module<Tensor, Tensor>
        {
            private readonly double _p;
            private readonly bool _inplace;

            internal AlphaDropout(double p, bool inplace) : base(nameof(AlphaDropout)) =>
                (_p, _inplace) = (p, inplace);

            /// <summary>The result.</summary>
            public override Tensor forward(Tensor tensor) => nn.functional.alpha_dropout(tensor, _p, training, _inplace);
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Dropout that keeps mean and variance of self-normalising networks.</summary>
            public static AlphaDropout AlphaDropout(double p = 0.5, bool inplace = false) => new(p, inplace);

            public static partial class functional
            {
                /// <summary>Dropout that keeps mean and variance of self-normalising networks.</summary>
                public static Tensor alpha_dropout(Tensor input, double p = 0.5, bool training = false, bool inplace = false) =>
                    inplace ? Aten.Call("alpha_dropout_", input, p, training) : Aten.Call("alpha_dropout", input, p, training);
            }
        }
    }
}
