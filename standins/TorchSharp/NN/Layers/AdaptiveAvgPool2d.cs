using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>The means of as many windows as asked for.</summary>
        public sealed class AdaptiveAvgPool2d : nn.Module<Tensor, Tensor>
        {
            private readonly long[] _size;

            internal AdaptiveAvgPool2d(long[] size) : base(nameof(AdaptiveAvgPool2d)) => _size = size;

            /// <summary>The result, [batch, channels, height, width].</summary>
            public override Tensor forward(Tensor tensor) => nn.functional.adaptive_avg_pool2d(tensor, _size);
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>The means of as many windows as asked for.</summary>
            public static AdaptiveAvgPool2d AdaptiveAvgPool2d(long[] outputSize) => new(outputSize);

            /// <summary>The means of as many windows as asked for.</summary>
            public static AdaptiveAvgPool2d AdaptiveAvgPool2d(long outputSize) => new([outputSize, outputSize]);
        }
    }
}
