using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Transposed.</summary>
        public Tensor t() => Aten.Call("t", this);

        /// <summary>Dimensions in reverse order.</summary>
        public Tensor T => Aten.Call("numpy_T", this);

        /// <summary>Two dimensions swapped.</summary>
        public Tensor transpose(long dim0, long dim1) => Aten.Call("transpose.int", this, dim0, dim1);

        /// <summary>Dimensions in another order.</summary>
        public Tensor permute(params long[] permutation) => Aten.Call("permute", this, permutation);

        /// <summary>Another shape, copied if it must be.</summary>
        public Tensor reshape(params long[] shape) => Aten.Call("reshape", this, shape);

        /// <summary>Another shape over the same memory.</summary>
        public Tensor view(params long[] shape) => Aten.Call("view", this, shape);

        /// <summary>Another's shape over the same memory.</summary>
        public Tensor view_as(Tensor other) => view(other.shape);

        /// <summary>A range of dimensions as one.</summary>
        public Tensor flatten(long start_dim = 0, long end_dim = -1) => Aten.Call("flatten.using_ints", this, start_dim, end_dim);

        /// <summary>One dimension as several.</summary>
        public Tensor unflatten(long dim, params long[] sizes) => Aten.Call("unflatten.int", this, dim, sizes);

        /// <summary>Without dimensions of size one.</summary>
        public Tensor squeeze(long? dim = null) => dim is null ? Aten.Call("squeeze", this) : Aten.Call("squeeze.dim", this, dim);

        /// <summary>With a dimension of size one more.</summary>
        public Tensor unsqueeze(long dim) => Aten.Call("unsqueeze", this, dim);

        /// <summary>Repeated over dimensions of size one, without copying.</summary>
        public Tensor expand(params long[] sizes) => Aten.Call("expand", this, sizes);

        /// <summary>Repeated over dimensions of size one, without copying.</summary>
        public Tensor expand(long[] sizes, bool isImplicit = false) => Aten.Call("expand", this, sizes, isImplicit);

        /// <summary>Repeated to another's shape, without copying.</summary>
        public Tensor expand_as(Tensor other) => expand(other.shape);

        /// <summary>Repeated along dimensions.</summary>
        public Tensor repeat(params long[] sizes) => Aten.Call("repeat", this, sizes);

        /// <summary>Each element repeated.</summary>
        public Tensor repeat_interleave(long repeats, long? dim = null, long? output_size = null) =>
            Aten.Call("repeat_interleave.self_int", this, repeats, dim, output_size);

        /// <summary>Moved round along a dimension.</summary>
        public Tensor roll(long shifts, long? dims = null) =>
            Aten.Call("roll", this, new[] { shifts }, dims is { } dim ? new[] { dim } : Array.Empty<long>());

        /// <summary>Moved round along dimensions.</summary>
        public Tensor roll(long[] shifts, long[] dims) => Aten.Call("roll", this, shifts, dims);

        /// <summary>Reversed along dimensions.</summary>
        public Tensor flip(params long[] dims) => Aten.Call("flip", this, dims);

        /// <summary>Row by row without gaps, copied if it must be.</summary>
        public Tensor contiguous() => Aten.Call("contiguous", this);

        /// <summary>Another view of the same storage.</summary>
        public Tensor as_strided(long[] size, long[] strides, long storageOffset = 0) =>
            Aten.Call("as_strided", this, size, strides, storageOffset);

        /// <summary>A copy that takes part in gradients.</summary>
        public Tensor clone() => Aten.Call("clone", this);

        /// <summary>Windows along a dimension.</summary>
        public Tensor unfold(long dimension, long size, long step) => Aten.Call("unfold", this, dimension, size, step);

        /// <summary>About equal parts.</summary>
        public Tensor[] chunk(long chunks, long dim = 0) => Aten.CallList("chunk", this, chunks, dim);

        /// <summary>Parts of a size.</summary>
        public Tensor[] split(long size, int dim = 0) => Aten.CallList("split.Tensor", this, size, dim);

        /// <summary>Parts of given sizes.</summary>
        public Tensor[] split(long[] sizes, long dim = 0) => Aten.CallList("split_with_sizes", this, sizes, dim);

        /// <summary>All slices along a dimension.</summary>
        public Tensor[] unbind(long dimension = 0) => Aten.CallList("unbind.int", this, dimension);
    }
}
