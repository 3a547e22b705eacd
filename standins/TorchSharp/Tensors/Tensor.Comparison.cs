using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Whether equal.</summary>
        public Tensor eq(Tensor target) => Aten.Call("eq.Tensor", this, target);

        /// <summary>Whether equal.</summary>
        public Tensor eq(Scalar target) => Aten.Call("eq.Scalar", this, target);

        /// <summary>Whether different.</summary>
        public Tensor ne(Tensor target) => Aten.Call("ne.Tensor", this, target);

        /// <summary>Whether different.</summary>
        public Tensor ne(Scalar target) => Aten.Call("ne.Scalar", this, target);

        /// <summary>Whether less.</summary>
        public Tensor lt(Tensor target) => Aten.Call("lt.Tensor", this, target);

        /// <summary>Whether less.</summary>
        public Tensor lt(Scalar target) => Aten.Call("lt.Scalar", this, target);

        /// <summary>Whether less or equal.</summary>
        public Tensor le(Tensor target) => Aten.Call("le.Tensor", this, target);

        /// <summary>Whether less or equal.</summary>
        public Tensor le(Scalar target) => Aten.Call("le.Scalar", this, target);

        /// <summary>Whether greater.</summary>
        public Tensor gt(Tensor target) => Aten.Call("gt.Tensor", this, target);

        /// <summary>Whether greater.</summary>
        public Tensor gt(Scalar target) => Aten.Call("gt.Scalar", this, target);

        /// <summary>Whether greater or equal.</summary>
        public Tensor ge(Tensor target) => Aten.Call("ge.Tensor", this, target);

        /// <summary>Whether greater or equal.</summary>
        public Tensor ge(Scalar target) => Aten.Call("ge.Scalar", this, target);

        /// <summary>Whether equal, element by element.</summary>
        public Tensor equal(Tensor target) => eq(target);

        /// <summary>Whether both are not zero.</summary>
        public Tensor logical_and(Tensor other) => Aten.Call("logical_and", this, other);

        /// <summary>Whether one is not zero.</summary>
        public Tensor logical_or(Tensor other) => Aten.Call("logical_or", this, other);

        /// <summary>Whether nearly equal.</summary>
        public Tensor isclose(Tensor other, double rtol = 1E-05, double atol = 1E-08, bool nanEqual = false) =>
            Aten.Call("isclose", this, other, rtol, atol, nanEqual);

        /// <summary>Whether all elements are nearly equal.</summary>
        public bool allclose(Tensor target, double rtol = 1E-05, double atol = 1E-08, bool equal_nan = false) =>
            Aten.CallInt("allclose", this, target, rtol, atol, equal_nan) != 0;

        /// <summary>This where the condition holds, another elsewhere.</summary>
        public Tensor where(Tensor condition, Tensor y) => Aten.Call("where.self", condition, this, y);
    }
}
