using TorchSharp.Modules;
using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Kept between 0 and 6.</summary>
        public sealed class ReLU6 : nn.Module<Tensor, Tensor>
        {
            private readonly bool _inplace;

            internal ReLU6(bool inplace) : base(nameof(ReLU6)) => _inplace = inplace;

            /// <summary>The result.</summary>
            public override Tensor forward(Tensor tensor) => nn.functional.relu6(tensor, _inplace);
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Kept between 0 and 6.</summary>
            public static ReLU6 ReLU6(bool inplace = false) => new(inplace);

            public static partial class functional
            {
                /// <summary>Kept between 0 and 6.</summary>
                public static Tensor relu6(Tensor x, bool inplace = false) =>
                    inplace ? Aten.Call("relu6_", x) : x.relu6();
            }
        }
    }
}
