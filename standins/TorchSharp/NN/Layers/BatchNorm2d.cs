using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Normalises each feature over the batch while training, by running statistics otherwise.</summary>
        public abstract class BatchNorm2d : nn.Module<Tensor, Tensor>
        {
            private BatchNorm2d() : base(nameof(BatchNorm2d))
            {
            }

            /// <summary>The packages declare forward in different classes, so the one that is seen declares none.</summary>
            internal sealed class Implementation : BatchNorm2d
            {
                private readonly double _eps;
                private readonly double? _momentum;

                public Implementation(long features, double eps, double? momentum, bool affine, bool track, Device? device,
                    ScalarType? dtype)
                {
                    (_eps, _momentum) = (eps, momentum);
                    BatchNorm.Register(this, features, affine, track, device, dtype);
                }

                /// <summary>The result, [batch, features, height, width].</summary>
                public override Tensor forward(Tensor tensor) => BatchNorm.Forward(this, tensor, _momentum, _eps);
            }
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Normalises each feature over the batch while training, by running statistics otherwise.</summary>
            public static BatchNorm2d BatchNorm2d(long features, double eps = 1E-05, double momentum = 0.1, bool affine = true,
                bool track_running_stats = true, Device? device = null, ScalarType? dtype = null) =>
                new BatchNorm2d.Implementation(features, eps, momentum, affine, track_running_stats, device, dtype);
        }
    }
}
