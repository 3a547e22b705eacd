using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Magnitude.</summary>
        public Tensor abs() => Aten.Call("abs", this);

        /// <summary>Magnitude, in place.</summary>
        public Tensor abs_() => InPlace("abs_", this);

        /// <summary>Sign turned.</summary>
        public Tensor neg() => Aten.Call("neg", this);

        /// <summary>Sign turned, in place.</summary>
        public Tensor neg_() => InPlace("neg_", this);

        /// <summary>-1, 0 or 1.</summary>
        public Tensor sign() => Aten.Call("sign", this);

        /// <summary>-1, 0 or 1, in place.</summary>
        public Tensor sign_() => InPlace("sign_", this);

        /// <summary>Square root.</summary>
        public Tensor sqrt() => Aten.Call("sqrt", this);

        /// <summary>Square root, in place.</summary>
        public Tensor sqrt_() => InPlace("sqrt_", this);

        /// <summary>One over the square root.</summary>
        public Tensor rsqrt() => Aten.Call("rsqrt", this);

        /// <summary>One over the square root, in place.</summary>
        public Tensor rsqrt_() => InPlace("rsqrt_", this);

        /// <summary>Square.</summary>
        public Tensor square() => Aten.Call("square", this);

        /// <summary>One over the value.</summary>
        public Tensor reciprocal() => Aten.Call("reciprocal", this);

        /// <summary>One over the value, in place.</summary>
        public Tensor reciprocal_() => InPlace("reciprocal_", this);

        /// <summary>Exponential.</summary>
        public Tensor exp() => Aten.Call("exp", this);

        /// <summary>Exponential, in place.</summary>
        public Tensor exp_() => InPlace("exp_", this);

        /// <summary>Exponential minus one.</summary>
        public Tensor expm1() => Aten.Call("expm1", this);

        /// <summary>Inverse hyperbolic sine.</summary>
        public Tensor asinh() => Aten.Call("asinh", this);

        /// <summary>Natural logarithm.</summary>
        public Tensor log() => Aten.Call("log", this);

        /// <summary>Natural logarithm, in place.</summary>
        public Tensor log_() => InPlace("log_", this);

        /// <summary>Natural logarithm of one plus the value.</summary>
        public Tensor log1p() => Aten.Call("log1p", this);

        /// <summary>Natural logarithm of one plus the value, in place.</summary>
        public Tensor log1p_() => InPlace("log1p_", this);

        /// <summary>Logarithm to base 2.</summary>
        public Tensor log2() => Aten.Call("log2", this);

        /// <summary>Logarithm to base 10.</summary>
        public Tensor log10() => Aten.Call("log10", this);

        /// <summary>Sine.</summary>
        public Tensor sin() => Aten.Call("sin", this);

        /// <summary>Cosine.</summary>
        public Tensor cos() => Aten.Call("cos", this);

        /// <summary>Rounded down.</summary>
        public Tensor floor() => Aten.Call("floor", this);

        /// <summary>Rounded up.</summary>
        public Tensor ceil() => Aten.Call("ceil", this);

        /// <summary>Rounded towards zero.</summary>
        public Tensor trunc() => Aten.Call("trunc", this);

        /// <summary>Inverse error function, in place.</summary>
        public Tensor erfinv_() => InPlace("erfinv_", this);

        /// <summary>Error function.</summary>
        public Tensor erf() => Aten.Call("erf", this);

        /// <summary>Logistic function.</summary>
        public Tensor sigmoid() => Aten.Call("sigmoid", this);

        /// <summary>Logistic function, in place.</summary>
        public Tensor sigmoid_() => InPlace("sigmoid_", this);

        /// <summary>Hyperbolic tangent.</summary>
        public Tensor tanh() => Aten.Call("tanh", this);

        /// <summary>Hyperbolic tangent, in place.</summary>
        public Tensor tanh_() => InPlace("tanh_", this);

        /// <summary>Zero where negative.</summary>
        public Tensor relu() => Aten.Call("relu", this);

        /// <summary>Zero where negative, in place.</summary>
        public Tensor relu_() => InPlace("relu_", this);

        /// <summary>Kept between 0 and 6.</summary>
        public Tensor relu6() => Aten.Call("relu6", this);

        /// <summary>Scaled exponential linear unit.</summary>
        public Tensor selu() => Aten.Call("selu", this);

        /// <summary>Continuously differentiable exponential linear unit.</summary>
        public Tensor celu() => Aten.Call("celu", this);

        /// <summary>Gaussian error linear unit.</summary>
        public Tensor gelu() => Aten.Call("gelu", this);

        /// <summary>The value times its logistic function.</summary>
        public Tensor silu() => Aten.Call("silu", this);

        /// <summary>Piecewise-linear swish.</summary>
        public Tensor hardswish() => Aten.Call("hardswish", this);

        /// <summary>Logarithm of the logistic function.</summary>
        public Tensor log_sigmoid() => Aten.Call("log_sigmoid", this);

        /// <summary>Whether neither infinite nor NaN.</summary>
        public Tensor isfinite() => Aten.Call("isfinite", this);

        /// <summary>Whether NaN.</summary>
        public Tensor isnan() => Aten.Call("isnan", this);

        /// <summary>Whether infinite.</summary>
        public Tensor isinf() => Aten.Call("isinf", this);

        /// <summary>Whether zero.</summary>
        public Tensor logical_not() => Aten.Call("logical_not", this);

        /// <summary>Sign turned.</summary>
        public Tensor negative() => neg();

        /// <summary>Rounded to the nearest, ties to even.</summary>
        public Tensor round(long decimals = 0) => Aten.Call("round.decimals", this, decimals);

        /// <summary>Finite values in place of NaN and infinities.</summary>
        public Tensor nan_to_num(double nan = 0, double? posinf = null, double? neginf = null) =>
            Aten.Call("nan_to_num", this, nan, posinf, neginf);

        /// <summary>Exponential linear unit.</summary>
        public Tensor elu(Scalar alpha, Scalar scale, Scalar input_scale) => Aten.Call("elu", this, alpha, scale, input_scale);

        /// <summary>Scaled where negative.</summary>
        public Tensor leaky_relu(Scalar negative_slope) => Aten.Call("leaky_relu", this, negative_slope);

        /// <summary>Scaled where negative, in place.</summary>
        public Tensor leaky_relu_(Scalar negative_slope) => InPlace("leaky_relu_", this, negative_slope);

        /// <summary>Exponentials over a dimension that sum to one.</summary>
        public Tensor softmax(long dim, ScalarType? dtype = null) => Aten.Call("softmax.int", this, dim, dtype);

        /// <summary>Logarithms of the softmax.</summary>
        public Tensor log_softmax(long dim, ScalarType? dtype = null) => Aten.Call("log_softmax.int", this, dim, dtype);
    }
}
