using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Linear algebra.</summary>
    public static partial class linalg
    {
        /// <summary>Orthogonal times triangular.</summary>
        public static (Tensor Q, Tensor R) qr(Tensor input, QRMode mode = QRMode.Reduced) =>
            Aten.Call2("linalg_qr", input, mode switch { QRMode.Complete => "complete", QRMode.R => "r", _ => "reduced" });

        /// <summary>Singular values and vectors.</summary>
        public static (Tensor U, Tensor S, Tensor Vh) svd(Tensor input, bool fullMatrices = true) =>
            Aten.Call3("linalg_svd", input, fullMatrices);

        /// <summary>Singular values.</summary>
        public static Tensor svdvals(Tensor input) => Aten.Call("linalg_svdvals", input);

        /// <summary>Solution of linear equations.</summary>
        public static Tensor solve(Tensor A, Tensor B, bool left = true) => Aten.Call("linalg_solve", A, B, left);

        /// <summary>Euclidean norm.</summary>
        public static Tensor norm(Tensor input, long[]? dims = null, bool keepdim = false) =>
            Aten.Call("linalg_norm", input, Arg.None, dims, keepdim);

        /// <summary>How much of a QR decomposition to compute.</summary>
        public enum QRMode
        {
            /// <summary>As few columns as there are.</summary>
            Reduced = 0,
            /// <summary>A square orthogonal factor.</summary>
            Complete = 1,
            /// <summary>The triangular factor only.</summary>
            R = 2,
        }
    }
}
