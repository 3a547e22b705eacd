namespace TorchSharp;

/// <summary>Tensors, networks and optimisers over libtorch.</summary>
public static partial class torch
{
    /// <summary>Networks.</summary>
    public static partial class nn
    {
        /// <summary>Functions of networks without state.</summary>
        public static partial class functional
        {
        }

        /// <summary>How losses of single rows become one.</summary>
        public enum Reduction : long
        {
            /// <summary>They stay single.</summary>
            None = 0,
            /// <summary>Their mean.</summary>
            Mean = 1,
            /// <summary>Their sum.</summary>
            Sum = 2,
        }
    }
}
