using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Exponentials over a dimension that sum to one.</summary>
        public sealed class Softmax : nn.Module<Tensor, Tensor>
        {
            private readonly long _dim;

            internal Softmax(long dim) : base(nameof(Softmax)) => _dim = dim;

            /// <summary>The result.</summary>
            public override Tensor forward(Tensor tensor) => tensor.softmax(_dim);
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Exponentials over a dimension that sum to one.</summary>
            public static Softmax Softmax(long dim) => new(dim);

            public static partial class functional
            {
                /// <summary>Exponentials over a dimension that sum to one.</summary>
                public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) =>
                    input.softmax(dim, dtype);
            }
        }
    }
}
