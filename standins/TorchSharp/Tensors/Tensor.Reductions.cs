using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Sum of all elements.</summary>
        public Tensor sum(ScalarType? type = null) => Aten.Call("sum", this, type);

        /// <summary>Sum over a dimension.</summary>
        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) =>
            Aten.Call("sum.dim_IntList", this, new[] { dim }, keepdim, type);

        /// <summary>Sum over two dimensions.</summary>
        public Tensor sum(long dim0, long dim1, bool keepdim = false, ScalarType? type = null) =>
            Aten.Call("sum.dim_IntList", this, new[] { dim0, dim1 }, keepdim, type);

        /// <summary>Sum over dimensions.</summary>
        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) =>
            Aten.Call("sum.dim_IntList", this, dim, keepdim, type);

        /// <summary>Sum over dimensions.</summary>
        public Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) => sum(dim.ToArray(), keepdim, type);

        /// <summary>Product of all elements.</summary>
        public Tensor prod(ScalarType? type = null) => Aten.Call("prod", this, type);

        /// <summary>Product over a dimension.</summary>
        public Tensor prod(long dim, bool keepdim = false, ScalarType? type = null) => Aten.Call("prod.dim_int", this, dim, keepdim, type);

        /// <summary>Sum of the elements that are not NaN.</summary>
        public Tensor nansum() => Aten.Call("nansum", this);

        /// <summary>Mean of all elements.</summary>
        public Tensor mean() => Aten.Call("mean", this);

        /// <summary>Mean over dimensions.</summary>
        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) =>
            Aten.Call("mean.dim", this, dimensions, keepdim, type);

        /// <summary>Standard deviation of all elements.</summary>
        public Tensor std(bool unbiased = true) => Aten.Call("std", this, unbiased);

        /// <summary>Standard deviation over a dimension.</summary>
        public Tensor std(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            std([dim], unbiased, keepdim, type);

        /// <summary>Standard deviation over dimensions.</summary>
        public Tensor std(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Cast(type, Aten.Call("std.dim", this, dimensions, unbiased, keepdim));

        /// <summary>Standard deviation over dimensions.</summary>
        public Tensor std(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            std(dimensions.ToArray(), unbiased, keepdim, type);

        /// <summary>Variance of all elements.</summary>
        public Tensor var(bool unbiased = true) => Aten.Call("var", this, unbiased);

        /// <summary>Variance over a dimension.</summary>
        public Tensor var(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            var([dim], unbiased, keepdim, type);

        /// <summary>Variance over dimensions.</summary>
        public Tensor var(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Cast(type, Aten.Call("var.dim", this, dimensions, unbiased, keepdim));

        /// <summary>Variance over dimensions.</summary>
        public Tensor var(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            var(dimensions.ToArray(), unbiased, keepdim, type);

        /// <summary>Standard deviation and mean of all elements.</summary>
        public (Tensor std, Tensor mean) std_mean(bool unbiased = true) => Aten.Call2("std_mean", this, unbiased);

        /// <summary>Variance and mean of all elements.</summary>
        public (Tensor @var, Tensor mean) var_mean(bool unbiased = true) => Aten.Call2("var_mean", this, unbiased);

        /// <summary>p-norm of all elements.</summary>
        public Tensor norm(float p = 2) => Aten.Call("norm.Scalar", this, (double)p);

        /// <summary>p-norm over a dimension.</summary>
        public Tensor norm(int dim, bool keepdim = false, float p = 2) =>
            Aten.Call("norm.ScalarOpt_dim", this, (double)p, new long[] { dim }, keepdim);

        /// <summary>Logarithm of the sum of exponentials over a dimension.</summary>
        public Tensor logsumexp(long dim, bool keepdim = false) => Aten.Call("logsumexp", this, new[] { dim }, keepdim);

        /// <summary>Greatest of all elements.</summary>
        public Tensor max() => Aten.Call("max", this);

        /// <summary>The greater of the two.</summary>
        public Tensor max(Tensor other) => Aten.Call("max.other", this, other);

        /// <summary>Greatest over a dimension, and where.</summary>
        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false) => Aten.Call2("max.dim", this, dim, keepdim);

        /// <summary>Least of all elements.</summary>
        public Tensor min() => Aten.Call("min", this);

        /// <summary>The lesser of the two.</summary>
        public Tensor min(Tensor other) => Aten.Call("min.other", this, other);

        /// <summary>Least over a dimension, and where.</summary>
        public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false) => Aten.Call2("min.dim", this, dim, keepdim);

        /// <summary>Greatest over dimensions.</summary>
        public Tensor amax(params long[] dims) => Aten.Call("amax", this, dims);

        /// <summary>Greatest over dimensions.</summary>
        public Tensor amax(long[] dims, bool keepdim = false, Tensor? @out = null) => Into(@out, Aten.Call("amax", this, dims, keepdim));

        /// <summary>Least over dimensions.</summary>
        public Tensor amin(params long[] dims) => Aten.Call("amin", this, dims);

        /// <summary>Least over dimensions.</summary>
        public Tensor amin(long[] dims, bool keepdim = false, Tensor? @out = null) => Into(@out, Aten.Call("amin", this, dims, keepdim));

        /// <summary>Place of the greatest element.</summary>
        public Tensor argmax() => Aten.Call("argmax", this);

        /// <summary>Place of the greatest over a dimension.</summary>
        public Tensor argmax(long dim, bool keepdim = false) => Aten.Call("argmax", this, dim, keepdim);

        /// <summary>Place of the least element.</summary>
        public Tensor argmin() => Aten.Call("argmin", this);

        /// <summary>Place of the least over a dimension.</summary>
        public Tensor argmin(long dim, bool keepdim = false) => Aten.Call("argmin", this, dim, keepdim);

        /// <summary>Whether all elements hold.</summary>
        public Tensor all() => Aten.Call("all", this);

        /// <summary>Whether all over a dimension hold.</summary>
        public Tensor all(long dim, bool keepdim = false) => Aten.Call("all.dim", this, dim, keepdim);

        /// <summary>Whether one element holds.</summary>
        public Tensor any() => Aten.Call("any", this);

        /// <summary>Whether one over a dimension holds.</summary>
        public Tensor any(long dim, bool keepdim = false) => Aten.Call("any.dim", this, dim, keepdim);

        /// <summary>How many are not zero.</summary>
        public Tensor count_nonzero(long[]? dims = null) =>
            dims is null ? Aten.Call("count_nonzero", this, Arg.None) : Aten.Call("count_nonzero.dim_IntList", this, dims);

        /// <summary>Lower median of all elements.</summary>
        public Tensor median() => Aten.Call("median", this);

        /// <summary>Quantiles over a dimension, interpolated.</summary>
        public Tensor quantile(Tensor q, long dim = -1, bool keepdim = false) => Aten.Call("quantile", this, q, dim, keepdim);

        /// <summary>The k greatest or least over a dimension, and where.</summary>
        public (Tensor values, Tensor indexes) topk(int k, int dim = -1, bool largest = true, bool sorted = true) =>
            Aten.Call2("topk", this, k, dim, largest, sorted);

        /// <summary>Sorted over a dimension, and from where.</summary>
        public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false, bool stable = false) =>
            Aten.Call2("sort.stable", this, stable, dim, descending);

        /// <summary>Places in sorted order.</summary>
        public Tensor argsort(long dim = -1, bool descending = false) => Aten.Call("argsort", this, dim, descending);

        /// <summary>Running sum over a dimension.</summary>
        public Tensor cumsum(long dim, ScalarType? type = null) => Aten.Call("cumsum", this, dim, type);

        /// <summary>Running product over a dimension.</summary>
        public Tensor cumprod(long dim, ScalarType? type = null) => Aten.Call("cumprod", this, dim, type);

        private static Tensor Cast(ScalarType? type, Tensor result)
        {
            if (type is not { } wanted || wanted == result.dtype)
                return result;
            return result.to_type(wanted, disposeAfter: true);
        }

        private static Tensor Into(Tensor? target, Tensor result)
        {
            if (target is null)
                return result;
            using (result)
                return target.copy_(result);
        }
    }
}
