using TorchSharp.Modules;
using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Long short-term memory.</summary>
        public sealed class LSTM : nn.Module<Tensor, (Tensor, Tensor)?, (Tensor, Tensor, Tensor)>
        {
            private readonly RecurrentWeights _weights;

            internal LSTM(long inputs, long hidden, long layers, bool bias, bool batchFirst, double dropout, bool bidirectional,
                Device? device, ScalarType? dtype) : base(nameof(LSTM)) =>
                _weights = new(this, 4, inputs, hidden, layers, bias, batchFirst, dropout, bidirectional, device, dtype);

            /// <summary>The states after all steps, and state and cells after the last one.</summary>
            public override (Tensor, Tensor, Tensor) forward(Tensor input, (Tensor, Tensor)? h0_c0 = null)
            {
                using var state = h0_c0?.Item1.alias() ?? _weights.Zeros(input);
                using var cells = h0_c0?.Item2.alias() ?? _weights.Zeros(input);
                return Aten.Call3("lstm.input", input, new[] { state, cells }, _weights.All(), _weights.HasBias, _weights.Layers,
                    _weights.Dropout, _weights.Training, _weights.Bidirectional, _weights.BatchFirst);
            }

            /// <summary>The states after all steps, and state and cells after the last one.</summary>
            public new (Tensor, Tensor, Tensor) call(Tensor input, (Tensor, Tensor)? h0_c0 = null) => base.call(input, h0_c0);
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Long short-term memory.</summary>
            public static LSTM LSTM(long inputSize, long hiddenSize, long numLayers = 1, bool bias = true, bool batchFirst = false,
                double dropout = 0, bool bidirectional = false, Device? device = null, ScalarType? dtype = null) =>
                new(inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional, device, dtype);
        }
    }
}
