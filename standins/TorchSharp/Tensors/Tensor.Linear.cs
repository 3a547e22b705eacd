using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Matrix product, batched where there are more dimensions.</summary>
        public Tensor matmul(Tensor target) => Aten.Call("matmul", this, target);

        /// <summary>Product of two matrices.</summary>
        public Tensor mm(Tensor target) => Aten.Call("mm", this, target);

        /// <summary>Product of a matrix and a vector.</summary>
        public Tensor mv(Tensor target) => Aten.Call("mv", this, target);

        /// <summary>Products of batches of matrices.</summary>
        public Tensor bmm(Tensor batch2) => Aten.Call("bmm", this, batch2);

        /// <summary>Scalar product of two vectors.</summary>
        public Tensor dot(Tensor target) => Aten.Call("dot", this, target);

        /// <summary>Outer product of two vectors.</summary>
        public Tensor outer(Tensor vec2) => Aten.Call("outer", this, vec2);

        /// <summary>beta times this plus alpha times a matrix product.</summary>
        public Tensor addmm(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) =>
            Aten.Call("addmm", this, mat1, mat2, (double)beta, (double)alpha);

        /// <summary>Sum of the diagonal.</summary>
        public Tensor trace() => Aten.Call("trace", this);

        /// <summary>A diagonal as a vector, or a vector as a diagonal.</summary>
        public Tensor diag(long diagonal = 0) => Aten.Call("diag", this, diagonal);

        /// <summary>The part below a diagonal.</summary>
        public Tensor tril(long diagonal = 0) => Aten.Call("tril", this, diagonal);

        /// <summary>The part above a diagonal.</summary>
        public Tensor triu(long diagonal = 0) => Aten.Call("triu", this, diagonal);
    }
}
