namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Initialisation of parameters; all draw from the process-wide generator, as the package's do.</summary>
        public static class init
        {
            /// <summary>What follows the layer.</summary>
            public enum NonlinearityType
            {
                /// <summary>Nothing.</summary>
                Linear = 0,
                /// <summary>Nothing, after a convolution over one dimension.</summary>
                Conv1D = 1,
                /// <summary>Nothing, after a convolution over two dimensions.</summary>
                Conv2D = 2,
                /// <summary>Logistic function.</summary>
                Sigmoid = 7,
                /// <summary>Hyperbolic tangent.</summary>
                Tanh = 8,
                /// <summary>Zero where negative.</summary>
                ReLU = 9,
                /// <summary>Scaled where negative.</summary>
                LeakyReLU = 10,
            }

            /// <summary>Which side's number of connections counts.</summary>
            public enum FanInOut
            {
                /// <summary>The inputs of a unit.</summary>
                FanIn = 0,
                /// <summary>The outputs of a unit.</summary>
                FanOut = 1,
            }

            /// <summary>The factor that keeps the variance.</summary>
            public static double calculate_gain(NonlinearityType nonlinearity, double param = 0) => nonlinearity switch
            {
                NonlinearityType.Tanh => 5.0 / 3.0,
                NonlinearityType.ReLU => Math.Sqrt(2),
                NonlinearityType.LeakyReLU => Math.Sqrt(2 / (1 + param * param)),
                _ => 1,
            };

            /// <summary>Inputs and outputs of a unit.</summary>
            public static (long fanIn, long fanOut) CalculateFanInAndFanOut(Tensor tensor)
            {
                if (tensor.ndim < 2)
                    throw new ArgumentException("Fan in and fan out can not be computed for tensor with fewer than 2 dimensions");
                var shape = tensor.shape;
                var field = shape.Skip(2).Aggregate(1L, (product, size) => product * size);
                return (shape[1] * field, shape[0] * field);
            }

            /// <summary>Ones.</summary>
            public static Tensor ones_(Tensor tensor) => Change(tensor, t => t.fill_(1));

            /// <summary>Zeros.</summary>
            public static Tensor zeros_(Tensor tensor) => Change(tensor, t => t.zero_());

            /// <summary>One value everywhere.</summary>
            public static Tensor constant_(Tensor tensor, Scalar val) => Change(tensor, t => t.fill_(val));

            /// <summary>Ones on the diagonal.</summary>
            public static Tensor eye_(Tensor tensor) => Change(tensor, t =>
            {
                using var identity = eye(t.shape[0], t.shape[1], t.dtype, t.device);
                t.copy_(identity);
            });

            /// <summary>Uniform; the generator is ignored.</summary>
            public static Tensor uniform_(Tensor tensor, double low = 0, double high = 1, Generator? generator = null) =>
                Change(tensor, t => t.uniform_(low, high));

            /// <summary>Normal; the generator is ignored.</summary>
            public static Tensor normal_(Tensor tensor, double mean = 0, double std = 1, Generator? generator = null) =>
                Change(tensor, t => t.normal_(mean, std));

            /// <summary>He's uniform.</summary>
            public static Tensor kaiming_uniform_(Tensor tensor, double a = 0, FanInOut mode = FanInOut.FanIn,
                NonlinearityType nonlinearity = NonlinearityType.LeakyReLU)
            {
                var bound = Math.Sqrt(3) * KaimingStd(tensor, a, mode, nonlinearity);
                return uniform_(tensor, -bound, bound);
            }

            /// <summary>He's normal.</summary>
            public static Tensor kaiming_normal_(Tensor tensor, double a = 0, FanInOut mode = FanInOut.FanIn,
                NonlinearityType nonlinearity = NonlinearityType.LeakyReLU) =>
                normal_(tensor, 0, KaimingStd(tensor, a, mode, nonlinearity));

            /// <summary>Glorot's uniform.</summary>
            public static Tensor xavier_uniform_(Tensor tensor, double gain = 1)
            {
                var (fanIn, fanOut) = CalculateFanInAndFanOut(tensor);
                var bound = Math.Sqrt(3) * gain * Math.Sqrt(2.0 / (fanIn + fanOut));
                return uniform_(tensor, -bound, bound);
            }

            /// <summary>Glorot's uniform: the package draws no normal numbers here either.</summary>
            public static Tensor xavier_normal_(Tensor tensor, double gain = 1) => xavier_uniform_(tensor, gain);

            /// <summary>Orthonormal rows or columns, over all dimensions but the first.</summary>
            public static Tensor orthogonal_(Tensor tensor, double gain = 1) => Change(tensor, t =>
            {
                using var scope = NewDisposeScope();
                var rows = t.shape[0];
                var columns = t.numel() / rows;
                var random = randn(rows, columns);
                if (rows < columns)
                    random = random.t();
                var (q, r) = linalg.qr(random);
                q = q.mul_(r.diag().sign());
                if (rows < columns)
                    q = q.t();
                t.copy_(q.reshape(t.shape));
                t.mul_(gain);
            });

            private static double KaimingStd(Tensor tensor, double a, FanInOut mode, NonlinearityType nonlinearity)
            {
                var (fanIn, fanOut) = CalculateFanInAndFanOut(tensor);
                return calculate_gain(nonlinearity, a) / Math.Sqrt(mode == FanInOut.FanIn ? fanIn : fanOut);
            }

            private static Tensor Change(Tensor tensor, Action<Tensor> change)
            {
                using var off = no_grad();
                change(tensor);
                return tensor;
            }
        }
    }
}
