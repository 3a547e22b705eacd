using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Zeroes whole channels at random while training and scales the others.</summary>
        public sealed class Dropout2d : nn.Module<Tensor, Tensor>
        {
            private readonly double _p;
            private readonly bool _inplace;

            internal Dropout2d(double p, bool inplace) : base(nameof(Dropout2d)) =>
                (_p, _inplace) = (p, inplace);

            /// <summary>The result.</summary>
            public override Tensor forward(Tensor input) => nn.functional.dropout2d(input, _p, training, _inplace);
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Zeroes whole channels at random while training and scales the others.</summary>
            public static Dropout2d Dropout2d(double p = 0.5, bool inplace = false) => new(p, inplace);
        }
    }
}
