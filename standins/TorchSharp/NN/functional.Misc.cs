using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>Wider at the ends; sizes from the last dimension on, two for each.</summary>
            public static Tensor pad(Tensor input, long[] pad, PaddingModes mode = PaddingModes.Constant, double value = 0) => mode switch
            {
                PaddingModes.Reflect => Aten.Call("pad", input, pad, "reflect"),
                PaddingModes.Replicate => Aten.Call("pad", input, pad, "replicate"),
                PaddingModes.Circular => Aten.Call("pad", input, pad, "circular"),
                _ => Aten.Call("pad", input, pad, "constant", value),
            };

            /// <summary>A one at each class's place; -1 takes as many classes as there are.</summary>
            public static Tensor one_hot(Tensor x, long num_classes = -1) => Aten.Call("one_hot", x, num_classes);

            /// <summary>Zeroes whole channels at random while training and scales the others.</summary>
            public static Tensor dropout2d(Tensor input, double p = 0.5, bool training = true, bool inplace = false) =>
                inplace ? Aten.Call("feature_dropout_", input, p, training) : Aten.Call("feature_dropout", input, p, training);
        }
    }
}
