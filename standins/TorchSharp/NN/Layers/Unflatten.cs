using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>One dimension as several.</summary>
        public sealed class Unflatten : nn.Module<Tensor, Tensor>
        {
            private readonly long _dim;
            private readonly long[] _sizes;

            internal Unflatten(long dim, long[] sizes) : base(nameof(Unflatten)) =>
                (_dim, _sizes) = (dim, sizes);

            /// <summary>The result.</summary>
            public override Tensor forward(Tensor tensor) => tensor.unflatten(_dim, _sizes);
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>One dimension as several.</summary>
            public static Unflatten Unflatten(long dim, long[] unflattenedSize) => new(dim, unflattenedSize);
        }
    }
}
