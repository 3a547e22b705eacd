using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>A range along a dimension, over the same memory.</summary>
        public Tensor narrow(long dim, long start, long length) => Aten.Call("narrow", this, dim, start, length);

        /// <summary>A stepped range along a dimension, over the same memory.</summary>
        public Tensor slice(long dim, long start, long finish, long step) => Aten.Call("slice.Tensor", this, dim, start, finish, step);

        /// <summary>One slice along a dimension, over the same memory.</summary>
        public Tensor select(long dim, long index) => Aten.Call("select.int", this, dim, index);

        /// <summary>Slices along a dimension.</summary>
        public Tensor index_select(long dim, Tensor index) => Aten.Call("index_select", this, dim, index);

        /// <summary>Adds slices along a dimension, in place.</summary>
        public Tensor index_add_(long dim, Tensor index, Tensor source, Scalar alpha) =>
            InPlace("index_add_", this, dim, index, source, alpha);

        /// <summary>Copies slices along a dimension, in place.</summary>
        public Tensor index_copy_(long dim, Tensor index, Tensor source) => InPlace("index_copy_", this, dim, index, source);

        /// <summary>Fills slices along a dimension, in place.</summary>
        public Tensor index_fill_(long dim, Tensor index, Scalar value) => InPlace("index_fill_.int_Scalar", this, dim, index, value);

        /// <summary>Elements picked along a dimension.</summary>
        public Tensor gather(long dim, Tensor index) => Aten.Call("gather", this, dim, index);

        /// <summary>Puts elements along a dimension, in place.</summary>
        public Tensor scatter_(long dim, Tensor index, Tensor src) => InPlace("scatter_.src", this, dim, index, src);

        /// <summary>Adds elements along a dimension, in place.</summary>
        public Tensor scatter_add_(long dim, Tensor index, Tensor src) => InPlace("scatter_add_", this, dim, index, src);

        /// <summary>A value where a mask holds.</summary>
        public Tensor masked_fill(Tensor mask, Scalar value) => Aten.Call("masked_fill.Scalar", this, mask, value);

        /// <summary>A value where a mask holds, in place.</summary>
        public Tensor masked_fill_(Tensor mask, Scalar value) => InPlace("masked_fill_.Scalar", this, mask, value);

        /// <summary>The elements where a mask holds.</summary>
        public Tensor masked_select(Tensor mask) => Aten.Call("masked_select", this, mask);

        /// <summary>Places of the elements that are not zero.</summary>
        public Tensor nonzero() => Aten.Call("nonzero", this);

        /// <summary>The distinct elements.</summary>
        public (Tensor output, Tensor? inverse_indices, Tensor? counts) unique(bool sorted = true, bool return_inverse = false,
            bool return_counts = false, int? dim = null) =>
            dim is { } d ? Aten.Call3("unique_dim", this, d, sorted, return_inverse, return_counts) : Aten.Call3("_unique2", this, sorted,
                return_inverse, return_counts);

        /// <summary>How often each whole number comes.</summary>
        public Tensor bincount(Tensor? weights, long minlength = 0) => Aten.Call("bincount", this, weights, minlength);

        /// <summary>A histogram with equal bins.</summary>
        public Tensor histc(long bins = 100, long min = 0, long max = 0) => Aten.Call("histc", this, bins, min, max);

        /// <summary>Copies another's elements, in place.</summary>
        public Tensor copy_(Tensor source, bool nonBlocking = false) => InPlace("copy_", this, source, nonBlocking);

        /// <summary>One value everywhere, in place.</summary>
        public Tensor fill_(Scalar value) => InPlace("fill_.Scalar", this, value);

        /// <summary>Zero everywhere, in place.</summary>
        public Tensor zero_() => InPlace("zero_", this);

        /// <summary>Takes over another's storage.</summary>
        public Tensor set_(Tensor source) => InPlace("set_.source_Tensor", this, source);
    }
}
