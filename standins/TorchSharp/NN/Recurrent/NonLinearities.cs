namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>What plain recurrent units apply.</summary>
        public enum NonLinearities
        {
            /// <summary>Zero where negative.</summary>
            ReLU = 0,
            /// <summary>Hyperbolic tangent.</summary>
            Tanh = 1,
        }
    }
}
