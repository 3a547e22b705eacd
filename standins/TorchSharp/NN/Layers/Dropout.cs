using TorchSharp.Modules;
using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Zeroes single elements at random while training and scales the others.</summary>
        public sealed class Dropout : nn.Module<Tensor, Tensor>
        {
            private readonly double _p;
            private readonly bool _inplace;

            internal Dropout(double p, bool inplace) : base(nameof(Dropout)) =>
                (_p, _inplace) = (p, inplace);

            /// <summary>The result.</summary>
            public override Tensor forward(Tensor tensor) => nn.functional.dropout(tensor, _p, training, _inplace);
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Zeroes single elements at random while training and scales the others.</summary>
            public static Dropout Dropout(double p = 0.5, bool inplace = false) => new(p, inplace);

            public static partial class functional
            {
                /// <summary>Zeroes single elements at random while training and scales the others.</summary>
                public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false) =>
                    inplace ? Aten.Call("dropout_", input, p, training) : Aten.Call("dropout", input, p, training);
            }
        }
    }
}
