using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Normalises each feature over the batch while training, by running statistics otherwise.</summary>
        public sealed class BatchNorm1d : nn.Module<Tensor, Tensor>
        {
            private readonly double _eps;
            private readonly double? _momentum;

            internal BatchNorm1d(long features, double eps, double? momentum, bool affine, bool track, Device? device, ScalarType? dtype)
                : base(nameof(BatchNorm1d))
            {
                (_eps, _momentum) = (eps, momentum);
                BatchNorm.Register(this, features, affine, track, device, dtype);
            }

            /// <summary>The factor, [features].</summary>
            public Parameter? weight
            {
                get => OwnOrNull(nameof(weight));
                set => Replace(nameof(weight), value);
            }

            /// <summary>The offset, [features].</summary>
            public Parameter? bias
            {
                get => OwnOrNull(nameof(bias));
                set => Replace(nameof(bias), value);
            }

            /// <summary>The running mean, [features].</summary>
            public Tensor? running_mean => OwnBuffer(nameof(running_mean));

            /// <summary>The running variance, [features].</summary>
            public Tensor? running_var => OwnBuffer(nameof(running_var));

            /// <summary>The result, [batch, features].</summary>
            public override Tensor forward(Tensor tensor) => BatchNorm.Forward(this, tensor, _momentum, _eps);
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Normalises each feature over the batch while training, by running statistics otherwise.</summary>
            public static BatchNorm1d BatchNorm1d(long features, double eps = 1E-05, double momentum = 0.1, bool affine = true,
                bool track_running_stats = true, Device? device = null, ScalarType? dtype = null) =>
                new(features, eps, momentum, affine, track_running_stats, device, dtype);
        }
    }
}
