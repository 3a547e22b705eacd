using TorchSharp.Modules;
using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Piecewise-linear swish.</summary>
        public sealed class Hardswish : nn.Module<Tensor, Tensor>
        {
            private readonly bool _inplace;

            internal Hardswish(bool inplace) : base(nameof(Hardswish)) => _inplace = inplace;

            /// <summary>The result.</summary>
            public override Tensor forward(Tensor tensor) => nn.functional.hardswish(tensor, _inplace);
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Piecewise-linear swish.</summary>
            public static Hardswish Hardswish(bool inplace = false) => new(inplace);

            public static partial class functional
            {
                /// <summary>Piecewise-linear swish.</summary>
                public static Tensor hardswish(Tensor input, bool inplace = false) =>
                    inplace ? Aten.Call("hardswish_", input) : input.hardswish();
            }
        }
    }
}
