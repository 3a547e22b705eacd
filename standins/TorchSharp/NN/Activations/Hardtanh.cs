using TorchSharp.Modules;
using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Kept between two bounds.</summary>
        public sealed class Hardtanh : nn.Module<Tensor, Tensor>
        {
            private readonly double _min_val;
            private readonly double _max_val;
            private readonly bool _inplace;

            internal Hardtanh(double min_val, double max_val, bool inplace) : base(nameof(Hardtanh)) =>
                (_min_val, _max_val, _inplace) = (min_val, max_val, inplace);

            /// <summary>The result.</summary>
            public override Tensor forward(Tensor tensor) => nn.functional.Hardtanh(tensor, _min_val, _max_val, _inplace);
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Kept between two bounds.</summary>
            public static Hardtanh Hardtanh(double min_val = -1, double max_val = 1, bool inplace = false) => new(min_val, max_val, inplace);

            public static partial class functional
            {
                /// <summary>Kept between two bounds.</summary>
                public static Tensor Hardtanh(Tensor x, double min_val = -1, double max_val = 1, bool inplace = false) =>
                    inplace ? Aten.Call("hardtanh_", x, min_val, max_val) : x.hardtanh(min_val, max_val);
            }
        }
    }
}
