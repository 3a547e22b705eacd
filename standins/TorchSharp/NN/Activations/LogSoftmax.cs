using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Logarithms of the softmax.</summary>
        public sealed class LogSoftmax : nn.Module<Tensor, Tensor>
        {
            private readonly long _dim;

            internal LogSoftmax(long dim) : base(nameof(LogSoftmax)) => _dim = dim;

            /// <summary>The result.</summary>
            public override Tensor forward(Tensor tensor) => tensor.log_softmax(_dim);
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Logarithms of the softmax.</summary>
            public static LogSoftmax LogSoftmax(long dim) => new(dim);

            public static partial class functional
            {
                /// <summary>Logarithms of the softmax.</summary>
                public static Tensor log_softmax(Tensor x, long dim) =>
                    x.log_softmax(dim);
            }
        }
    }
}
