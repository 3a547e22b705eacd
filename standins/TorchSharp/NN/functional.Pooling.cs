using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>The greatest in each window.</summary>
            public static Tensor max_pool2d(Tensor input, long[] kernelSize, long[]? strides = null, long[]? padding = null,
                long[]? dilation = null, bool ceil_mode = false) =>
                Aten.Call("max_pool2d", input, kernelSize, strides ?? [], padding ?? [0], dilation ?? [1], ceil_mode);

            /// <summary>The greatest in each window.</summary>
            public static Tensor max_pool2d(Tensor input, long kernelSize, long? stride = null, long? padding = null,
                long? dilation = null, bool ceil_mode = false) =>
                max_pool2d(input, [kernelSize, kernelSize], stride is { } s ? [s, s] : null, [padding ?? 0], [dilation ?? 1], ceil_mode);

            /// <summary>The greatest in each window.</summary>
            public static Tensor max_pool1d(Tensor input, long kernelSize, long? stride = null, long? padding = null,
                long? dilation = null, bool ceil_mode = false) =>
                Aten.Call("max_pool1d", input, new[] { kernelSize }, stride is { } s ? new[] { s } : Array.Empty<long>(),
                    new[] { padding ?? 0 }, new[] { dilation ?? 1 }, ceil_mode);

            /// <summary>The means of as many windows as asked for.</summary>
            public static Tensor adaptive_avg_pool2d(Tensor input, long[] output_size) =>
                Aten.Call("adaptive_avg_pool2d", input, output_size);

            /// <summary>The means of as many windows as asked for.</summary>
            public static Tensor adaptive_avg_pool2d(Tensor input, long output_size) =>
                adaptive_avg_pool2d(input, [output_size, output_size]);
        }
    }
}
