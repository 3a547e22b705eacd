using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>The logarithm of the sigmoid, finite for any finite value.</summary>
            public static Tensor logsigmoid(Tensor x) => Aten.Call("log_sigmoid", x);
        }
    }
}
