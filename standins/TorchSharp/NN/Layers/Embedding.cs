using TorchSharp.Modules;
using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>A vector for each number.</summary>
        public sealed class Embedding : nn.Module<Tensor, Tensor>
        {
            private readonly long _paddingIndex;
            private readonly double? _maxNorm;
            private readonly double _normType;
            private readonly bool _scaleByFrequency;

            internal Embedding(Tensor vectors, bool freeze, long? padding, double? maxNorm, double normType, bool scaleByFrequency)
                : base(nameof(Embedding))
            {
                (_paddingIndex, _maxNorm, _normType, _scaleByFrequency) = (padding ?? -1, maxNorm, normType, scaleByFrequency);
                weight = new Parameter(vectors, !freeze);
            }

            /// <summary>The vectors, [numbers, length].</summary>
            public Parameter? weight
            {
                get => OwnOrNull(nameof(weight));
                set => Replace(nameof(weight), value);
            }

            /// <summary>The vectors of the numbers, [..., length].</summary>
            public override Tensor forward(Tensor input)
            {
                if (_maxNorm is { } maximum)
                {
                    using var off = no_grad();
                    using var used = input.contiguous();
                    Aten.Run("embedding_renorm_", weight, used, maximum, _normType);
                }
                return Aten.Call("embedding", weight, input, _paddingIndex, _scaleByFrequency, false);
            }
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>A vector for each number.</summary>
            public static Embedding Embedding(long num_embeddings, long embedding_dims, long? padding_idx = null, double? max_norm = null,
                double norm_type = 2, bool scale_grad_by_freq = false, bool sparse = false, Device? device = null, ScalarType? dtype = null)
            {
                var vectors = empty([num_embeddings, embedding_dims], dtype, device).normal_();
                if (padding_idx is { } padding)
                {
                    using var row = vectors.select(0, padding);
                    row.zero_();
                }
                return new(vectors, false, padding_idx, max_norm, norm_type, scale_grad_by_freq);
            }

            /// <summary>A vector for each number.</summary>
            public static Embedding Embedding_from_pretrained(Tensor embeddings, bool freeze = true, long? padding_idx = null,
                double? max_norm = null, double norm_type = 2, bool scale_grad_by_freq = false, bool sparse = false, Device? device = null,
                ScalarType? dtype = null) =>
                new(embeddings.alias(), freeze, padding_idx, max_norm, norm_type, scale_grad_by_freq);
        }
    }
}
