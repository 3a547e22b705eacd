using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Zero where negative.</summary>
        public sealed class ReLU : nn.Module<Tensor, Tensor>
        {
            private readonly bool _inplace;

            internal ReLU(bool inplace) : base(nameof(ReLU)) => _inplace = inplace;

            /// <summary>The result.</summary>
            public override Tensor forward(Tensor tensor) => nn.functional.relu(tensor, _inplace);
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Zero where negative.</summary>
            public static ReLU ReLU(bool inplace = false) => new(inplace);

            public static partial class functional
            {
                /// <summary>Zero where negative.</summary>
                public static Tensor relu(Tensor x, bool inplace = false) =>
                    inplace ? x.relu_().alias() : x.relu();
            }
        }
    }
}
