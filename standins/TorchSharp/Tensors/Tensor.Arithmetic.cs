using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>This plus another.</summary>
        public Tensor add(Tensor target) => Aten.Call("add.Tensor", this, target);

        /// <summary>This plus another.</summary>
        public Tensor add(Scalar scalar) => Aten.Call("add.Scalar", this, scalar);

        /// <summary>This plus another, in place.</summary>
        public Tensor add_(Tensor target) => InPlace("add_.Tensor", this, target);

        /// <summary>This plus another, in place.</summary>
        public Tensor add_(Scalar scalar) => InPlace("add_.Scalar", this, scalar);

        /// <summary>This plus alpha times another.</summary>
        public Tensor add(Tensor target, Scalar alpha) => Aten.Call("add.Tensor", this, target, alpha);

        /// <summary>This plus alpha times a number.</summary>
        public Tensor add(Scalar scalar, Scalar alpha) => Aten.Call("add.Scalar", this, scalar, alpha);

        /// <summary>This plus alpha times another, in place.</summary>
        public Tensor add_(Tensor target, Scalar alpha) => InPlace("add_.Tensor", this, target, alpha);

        /// <summary>This plus alpha times a number, in place.</summary>
        public Tensor add_(Scalar scalar, Scalar alpha) => InPlace("add_.Scalar", this, scalar, alpha);

        /// <summary>This minus another.</summary>
        public Tensor sub(Tensor target) => Aten.Call("sub.Tensor", this, target);

        /// <summary>This minus another.</summary>
        public Tensor sub(Scalar target) => Aten.Call("sub.Scalar", this, target);

        /// <summary>This minus another, in place.</summary>
        public Tensor sub_(Tensor target) => InPlace("sub_.Tensor", this, target);

        /// <summary>This minus another, in place.</summary>
        public Tensor sub_(Scalar target) => InPlace("sub_.Scalar", this, target);

        /// <summary>This times another.</summary>
        public Tensor mul(Tensor target) => Aten.Call("mul.Tensor", this, target);

        /// <summary>This times another.</summary>
        public Tensor mul(Scalar target) => Aten.Call("mul.Scalar", this, target);

        /// <summary>This times another, in place.</summary>
        public Tensor mul_(Tensor target) => InPlace("mul_.Tensor", this, target);

        /// <summary>This times another, in place.</summary>
        public Tensor mul_(Scalar target) => InPlace("mul_.Scalar", this, target);

        /// <summary>This over another.</summary>
        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            Aten.Call("div.Tensor_mode", this, target, Rounding(rounding_mode));

        /// <summary>This over a number.</summary>
        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            Aten.Call("div.Scalar_mode", this, target, Rounding(rounding_mode));

        /// <summary>This over another, in place.</summary>
        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            InPlace("div_.Tensor_mode", this, target, Rounding(rounding_mode));

        /// <summary>This over a number, in place.</summary>
        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            InPlace("div_.Scalar_mode", this, target, Rounding(rounding_mode));

        /// <summary>The remainder, with the divisor's sign.</summary>
        public Tensor remainder(Tensor target) => Aten.Call("remainder.Tensor", this, target);

        /// <summary>The remainder, with the divisor's sign.</summary>
        public Tensor remainder(Scalar scalar) => Aten.Call("remainder.Scalar", this, scalar);

        /// <summary>This to a power.</summary>
        public Tensor pow(Tensor exponent) => Aten.Call("pow.Tensor_Tensor", this, exponent);

        /// <summary>This to a power.</summary>
        public Tensor pow(Scalar exponent) => Aten.Call("pow.Tensor_Scalar", this, exponent);

        /// <summary>This to a power, in place.</summary>
        public Tensor pow_(Tensor exponent) => InPlace("pow_.Tensor", this, exponent);

        /// <summary>This to a power, in place.</summary>
        public Tensor pow_(Scalar exponent) => InPlace("pow_.Scalar", this, exponent);

        /// <summary>This plus value times the product of two others.</summary>
        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) => Aten.Call("addcmul", this, tensor1, tensor2, value);

        /// <summary>This plus value times the product of two others, in place.</summary>
        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) => InPlace("addcmul_", this, tensor1, tensor2, value);

        /// <summary>This plus value times the ratio of two others.</summary>
        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value) => Aten.Call("addcdiv", this, tensor1, tensor2, value);

        /// <summary>This plus value times the ratio of two others, in place.</summary>
        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) => InPlace("addcdiv_", this, tensor1, tensor2, value);

        /// <summary>This plus weight times the way to another.</summary>
        public Tensor lerp(Tensor end, Tensor weight) => Aten.Call("lerp.Tensor", this, end, weight);

        /// <summary>This plus weight times the way to another, in place.</summary>
        public Tensor lerp_(Tensor end, Tensor weight) => InPlace("lerp_.Tensor", this, end, weight);

        /// <summary>The greater of the two, NaN where either is.</summary>
        public Tensor maximum(Tensor other) => Aten.Call("maximum", this, other);

        /// <summary>The lesser of the two, NaN where either is.</summary>
        public Tensor minimum(Tensor other) => Aten.Call("minimum", this, other);

        /// <summary>Kept between two bounds.</summary>
        public Tensor clamp(Scalar? min = null, Scalar? max = null) => Aten.Call("clamp", this, min, max);

        /// <summary>Kept between two bounds.</summary>
        public Tensor clamp(Tensor? min = null, Tensor? max = null) => Aten.Call("clamp.Tensor", this, min, max);

        /// <summary>Kept below a bound.</summary>
        public Tensor clamp_max(Scalar max) => Aten.Call("clamp_max", this, max);

        /// <summary>Kept above a bound.</summary>
        public Tensor clamp_min(Scalar min) => Aten.Call("clamp_min", this, min);

        /// <summary>Kept between two bounds, in place.</summary>
        public Tensor clamp_(Scalar? min = null, Scalar? max = null) => InPlace("clamp_", this, min, max);

        /// <summary>Kept between two bounds, in place.</summary>
        public Tensor clamp_(Tensor? min = null, Tensor? max = null) => InPlace("clamp_.Tensor", this, min, max);

        /// <summary>Kept below a bound, in place.</summary>
        public Tensor clamp_max_(Scalar max) => InPlace("clamp_max_", this, max);

        /// <summary>Kept above a bound, in place.</summary>
        public Tensor clamp_min_(Scalar min) => InPlace("clamp_min_", this, min);

        /// <summary>Logarithm of the sum of the exponentials of both.</summary>
        public Tensor logaddexp(Tensor other) => Aten.Call("logaddexp", this, other);

        private static string? Rounding(RoundingMode mode) => mode switch
        {
            RoundingMode.trunc => "trunc",
            RoundingMode.floor => "floor",
            _ => null,
        };
    }
}
