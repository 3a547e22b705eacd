using TorchSharp.Modules;
using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Weights times the input plus a bias.</summary>
        public sealed class Linear : nn.Module<Tensor, Tensor>
        {
            internal Linear(long inputSize, long outputSize, bool hasBias, Device? device, ScalarType? dtype) : base(nameof(Linear))
            {
                var weights = empty([outputSize, inputSize], dtype, device).AsParameter();
                nn.init.kaiming_uniform_(weights, Math.Sqrt(5));
                weight = weights;
                if (!hasBias)
                    return;
                var offsets = empty([outputSize], dtype, device).AsParameter();
                var bound = inputSize > 0 ? 1 / Math.Sqrt(inputSize) : 0;
                nn.init.uniform_(offsets, -bound, bound);
                bias = offsets;
            }

            /// <summary>The weights, [outputs, inputs].</summary>
            public Parameter? weight
            {
                get => OwnOrNull(nameof(weight));
                set => Replace(nameof(weight), value);
            }

            /// <summary>The bias, [outputs].</summary>
            public Parameter? bias
            {
                get => OwnOrNull(nameof(bias));
                set => Replace(nameof(bias), value);
            }

            /// <summary>The result, [..., outputs].</summary>
            public override Tensor forward(Tensor tensor) => nn.functional.linear(tensor, Own(nameof(weight)), bias);
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Weights times the input plus a bias.</summary>
            public static Linear Linear(long inputSize, long outputSize, bool hasBias = true, Device? device = null,
                ScalarType? dtype = null) =>
                new(inputSize, outputSize, hasBias, device, dtype);

            public static partial class functional
            {
                /// <summary>Weights times the input plus a bias.</summary>
                public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) => Aten.Call("linear", input, weights, bias);
            }
        }
    }
}
