using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>The input itself.</summary>
        public sealed class Identity : nn.Module<Tensor, Tensor>
        {
            internal Identity() : base(nameof(Identity))
            {
            }

            /// <summary>The result.</summary>
            public override Tensor forward(Tensor tensor) => tensor.alias();
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>The input itself.</summary>
            public static Identity Identity() => new();
        }
    }
}
