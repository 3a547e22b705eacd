using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>A range of dimensions as one.</summary>
        public sealed class Flatten : nn.Module<Tensor, Tensor>
        {
            private readonly long _start;
            private readonly long _end;

            internal Flatten(long start, long end) : base(nameof(Flatten)) =>
                (_start, _end) = (start, end);

            /// <summary>The result.</summary>
            public override Tensor forward(Tensor tensor) => tensor.flatten(_start, _end);
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>A range of dimensions as one.</summary>
            public static Flatten Flatten(long startDim = 1, long endDim = -1) => new(startDim, endDim);
        }
    }
}
