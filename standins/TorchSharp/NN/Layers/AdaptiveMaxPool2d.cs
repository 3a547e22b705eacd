using TorchSharp.Modules;
using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>The greatest in each of as many windows as asked for.</summary>
        public sealed class AdaptiveMaxPool2d : nn.Module<Tensor, Tensor>
        {
            private readonly long[] _size;

            internal AdaptiveMaxPool2d(long[] size) : base(nameof(AdaptiveMaxPool2d)) => _size = size;

            /// <summary>The result, [batch, channels, height, width].</summary>
            public override Tensor forward(Tensor tensor) => Aten.Call("adaptive_max_pool2d", tensor, _size);
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>The greatest in each of as many windows as asked for.</summary>
            public static AdaptiveMaxPool2d AdaptiveMaxPool2d(long[] outputSize) => new(outputSize);
        }
    }
}
