using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Helpers for parameters.</summary>
        public static class utils
        {
            /// <summary>Scales all gradients so that their common norm is at most the maximum; returns the norm before.</summary>
            public static double clip_grad_norm_(IEnumerable<Parameter> tensors, double max_norm, double norm_type = 2)
            {
                using var off = no_grad();
                using var scope = NewDisposeScope();
                var gradients = tensors.Select(tensor => tensor.grad).OfType<Tensor>().ToArray();
                if (gradients.Length == 0)
                    return 0;
                double total;
                if (double.IsPositiveInfinity(norm_type))
                {
                    total = stack(gradients.Select(gradient => gradient.abs().max())).max().ToDouble();
                }
                else if (norm_type == 0)
                {
                    total = gradients.Length;
                }
                else
                {
                    total = stack(gradients.Select(gradient => gradient.norm((float)norm_type))).norm((float)norm_type).ToDouble();
                }
                var factor = Math.Min(1, max_norm / (total + 1e-6));
                foreach (var gradient in gradients)
                    gradient.mul_(double.IsNaN(total) ? double.NaN : factor);
                return total;
            }

            /// <summary>Keeps every gradient between minus and plus a value.</summary>
            public static void clip_grad_value_(IEnumerable<Parameter> tensors, double clip_value)
            {
                using var off = no_grad();
                foreach (var tensor in tensors)
                {
                    using var gradient = tensor.grad;
                    gradient?.clamp_(-clip_value, clip_value);
                }
            }

            /// <summary>All parameters in one vector.</summary>
            public static Tensor parameters_to_vector(IEnumerable<Parameter> tensors)
            {
                var flat = tensors.Select(tensor => tensor.view(-1)).ToArray();
                var vector = cat(flat);
                foreach (var tensor in flat)
                    tensor.Dispose();
                return vector;
            }
        }
    }
}
