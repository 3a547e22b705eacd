using TorchSharp.Modules;
using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Plain recurrent units.</summary>
        public sealed class RNN : nn.Module<Tensor, Tensor?, (Tensor, Tensor)>
        {
            private readonly RecurrentWeights _weights;
            private readonly string _operator;

            internal RNN(long inputs, long hidden, long layers, nn.NonLinearities kind, bool bias, bool batchFirst, double dropout,
                bool bidirectional,
                Device? device, ScalarType? dtype) : base(nameof(RNN))
            {
                _weights = new(this, 1, inputs, hidden, layers, bias, batchFirst, dropout, bidirectional, device, dtype);
                _operator = kind == nn.NonLinearities.ReLU ? "rnn_relu.input" : "rnn_tanh.input";
            }

            /// <summary>The states after all steps, and after the last one.</summary>
            public override (Tensor, Tensor) forward(Tensor input, Tensor? h0)
            {
                using var start = h0 is null ? _weights.Zeros(input) : h0.alias();
                return Aten.Call2(_operator, input, start, _weights.All(), _weights.HasBias, _weights.Layers, _weights.Dropout,
                    _weights.Training, _weights.Bidirectional, _weights.BatchFirst);
            }

            /// <summary>The states after all steps, and after the last one.</summary>
            public new (Tensor, Tensor) call(Tensor input, Tensor? h0 = null) => base.call(input, h0);
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Plain recurrent units.</summary>
            public static RNN RNN(long inputSize, long hiddenSize, long numLayers = 1, NonLinearities nonLinearity = NonLinearities.Tanh,
                bool bias = true,
                bool batchFirst = false, double dropout = 0, bool bidirectional = false, Device? device = null, ScalarType? dtype = null) =>
                new(inputSize, hiddenSize, numLayers, nonLinearity, bias, batchFirst, dropout, bidirectional, device, dtype);
        }
    }
}
