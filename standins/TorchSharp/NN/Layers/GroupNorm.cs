using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Normalises over groups of channels.</summary>
        public sealed class GroupNorm : nn.Module<Tensor, Tensor>
        {
            private readonly long _groups;
            private readonly double _eps;

            internal GroupNorm(long groups, long channels, double eps, bool affine, Device? device, ScalarType? dtype)
                : base(nameof(GroupNorm))
            {
                (_groups, _eps) = (groups, eps);
                if (!affine)
                    return;
                weight = ones([channels], dtype, device).AsParameter();
                bias = zeros([channels], dtype, device).AsParameter();
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
            public override Tensor forward(Tensor tensor) => nn.functional.group_norm(tensor, _groups, weight, bias, _eps);
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Normalises over groups of channels.</summary>
            public static GroupNorm GroupNorm(long num_groups, long num_channels, double eps = 1E-05, bool affine = true,
                Device? device = null, ScalarType? dtype = null) =>
                new(num_groups, num_channels, eps, affine, device, dtype);
        }
    }
}
