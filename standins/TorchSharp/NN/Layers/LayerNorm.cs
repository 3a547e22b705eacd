using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Normalises over the last dimensions.</summary>
        public sealed class LayerNorm : nn.Module<Tensor, Tensor>
        {
            private readonly long[] _shape;
            private readonly double _eps;

            internal LayerNorm(long[] shape, double eps, bool affine, bool hasBias, Device? device, ScalarType? dtype)
                : base(nameof(LayerNorm))
            {
                (_shape, _eps) = (shape, eps);
                if (affine)
                    weight = ones(shape, dtype, device).AsParameter();
                if (affine && hasBias)
                    bias = zeros(shape, dtype, device).AsParameter();
            }

            /// <summary>The factor.</summary>
            public Parameter weight
            {
                get => OwnOrNull(nameof(weight))!;
                set => Replace(nameof(weight), value);
            }

            /// <summary>The offset.</summary>
            public Parameter? bias
            {
                get => OwnOrNull(nameof(bias));
                set => Replace(nameof(bias), value);
            }

            /// <summary>The result, of the input's shape.</summary>
            public override Tensor forward(Tensor tensor) => nn.functional.layer_norm(tensor, _shape, weight, bias, _eps);
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Normalises over the last dimensions.</summary>
            public static LayerNorm LayerNorm(long[] normalized_shape, double eps = 1E-05, bool elementwise_affine = true, bool bias = true,
                Device? device = null, ScalarType? dtype = null) =>
                new(normalized_shape, eps, elementwise_affine, bias, device, dtype);

            /// <summary>Normalises over the last dimensions.</summary>
            public static LayerNorm LayerNorm(long normalized_shape, double eps = 1E-05, bool elementwise_affine = true, bool bias = true,
                Device? device = null, ScalarType? dtype = null) =>
                new([normalized_shape], eps, elementwise_affine, bias, device, dtype);
        }
    }
}
