using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Sum.</summary>
        public static Tensor operator +(Tensor left, Tensor right) => Aten.Call("add.Tensor", left, right);

        /// <summary>Sum.</summary>
        public static Tensor operator +(Tensor left, Scalar right) => Aten.Call("add.Scalar", left, right);

        /// <summary>Sum.</summary>
        public static Tensor operator +(Tensor left, int right) => Aten.Call("add.Scalar", left, right);

        /// <summary>Sum.</summary>
        public static Tensor operator +(Tensor left, long right) => Aten.Call("add.Scalar", left, right);

        /// <summary>Sum.</summary>
        public static Tensor operator +(Tensor left, float right) => Aten.Call("add.Scalar", left, right);

        /// <summary>Sum.</summary>
        public static Tensor operator +(Tensor left, double right) => Aten.Call("add.Scalar", left, right);

        /// <summary>Sum.</summary>
        public static Tensor operator +(Scalar left, Tensor right) => Aten.Call("add.Scalar", right, left);

        /// <summary>Sum.</summary>
        public static Tensor operator +(int left, Tensor right) => Aten.Call("add.Scalar", right, left);

        /// <summary>Sum.</summary>
        public static Tensor operator +(long left, Tensor right) => Aten.Call("add.Scalar", right, left);

        /// <summary>Sum.</summary>
        public static Tensor operator +(float left, Tensor right) => Aten.Call("add.Scalar", right, left);

        /// <summary>Sum.</summary>
        public static Tensor operator +(double left, Tensor right) => Aten.Call("add.Scalar", right, left);

        /// <summary>Difference.</summary>
        public static Tensor operator -(Tensor left, Tensor right) => Aten.Call("sub.Tensor", left, right);

        /// <summary>Difference.</summary>
        public static Tensor operator -(Tensor left, Scalar right) => Aten.Call("sub.Scalar", left, right);

        /// <summary>Difference.</summary>
        public static Tensor operator -(Tensor left, int right) => Aten.Call("sub.Scalar", left, right);

        /// <summary>Difference.</summary>
        public static Tensor operator -(Tensor left, long right) => Aten.Call("sub.Scalar", left, right);

        /// <summary>Difference.</summary>
        public static Tensor operator -(Tensor left, float right) => Aten.Call("sub.Scalar", left, right);

        /// <summary>Difference.</summary>
        public static Tensor operator -(Tensor left, double right) => Aten.Call("sub.Scalar", left, right);

        /// <summary>Difference.</summary>
        public static Tensor operator -(Scalar left, Tensor right) => Aten.Call("rsub.Scalar", right, left);

        /// <summary>Difference.</summary>
        public static Tensor operator -(int left, Tensor right) => Aten.Call("rsub.Scalar", right, left);

        /// <summary>Difference.</summary>
        public static Tensor operator -(long left, Tensor right) => Aten.Call("rsub.Scalar", right, left);

        /// <summary>Difference.</summary>
        public static Tensor operator -(float left, Tensor right) => Aten.Call("rsub.Scalar", right, left);

        /// <summary>Difference.</summary>
        public static Tensor operator -(double left, Tensor right) => Aten.Call("rsub.Scalar", right, left);

        /// <summary>Product.</summary>
        public static Tensor operator *(Tensor left, Tensor right) => Aten.Call("mul.Tensor", left, right);

        /// <summary>Product.</summary>
        public static Tensor operator *(Tensor left, Scalar right) => Aten.Call("mul.Scalar", left, right);

        /// <summary>Product.</summary>
        public static Tensor operator *(Tensor left, int right) => Aten.Call("mul.Scalar", left, right);

        /// <summary>Product.</summary>
        public static Tensor operator *(Tensor left, long right) => Aten.Call("mul.Scalar", left, right);

        /// <summary>Product.</summary>
        public static Tensor operator *(Tensor left, float right) => Aten.Call("mul.Scalar", left, right);

        /// <summary>Product.</summary>
        public static Tensor operator *(Tensor left, double right) => Aten.Call("mul.Scalar", left, right);

        /// <summary>Product.</summary>
        public static Tensor operator *(Scalar left, Tensor right) => Aten.Call("mul.Scalar", right, left);

        /// <summary>Product.</summary>
        public static Tensor operator *(int left, Tensor right) => Aten.Call("mul.Scalar", right, left);

        /// <summary>Product.</summary>
        public static Tensor operator *(long left, Tensor right) => Aten.Call("mul.Scalar", right, left);

        /// <summary>Product.</summary>
        public static Tensor operator *(float left, Tensor right) => Aten.Call("mul.Scalar", right, left);

        /// <summary>Product.</summary>
        public static Tensor operator *(double left, Tensor right) => Aten.Call("mul.Scalar", right, left);

        /// <summary>Ratio.</summary>
        public static Tensor operator /(Tensor left, Tensor right) => Aten.Call("div.Tensor", left, right);

        /// <summary>Ratio.</summary>
        public static Tensor operator /(Tensor left, Scalar right) => Aten.Call("div.Scalar", left, right);

        /// <summary>Ratio.</summary>
        public static Tensor operator /(Tensor left, int right) => Aten.Call("div.Scalar", left, right);

        /// <summary>Ratio.</summary>
        public static Tensor operator /(Tensor left, long right) => Aten.Call("div.Scalar", left, right);

        /// <summary>Ratio.</summary>
        public static Tensor operator /(Tensor left, float right) => Aten.Call("div.Scalar", left, right);

        /// <summary>Ratio.</summary>
        public static Tensor operator /(Tensor left, double right) => Aten.Call("div.Scalar", left, right);

        /// <summary>Ratio.</summary>
        public static Tensor operator /(Scalar left, Tensor right) => Over(left, right);

        /// <summary>Ratio.</summary>
        public static Tensor operator /(int left, Tensor right) => Over(left, right);

        /// <summary>Ratio.</summary>
        public static Tensor operator /(long left, Tensor right) => Over(left, right);

        /// <summary>Ratio.</summary>
        public static Tensor operator /(float left, Tensor right) => Over(left, right);

        /// <summary>Ratio.</summary>
        public static Tensor operator /(double left, Tensor right) => Over(left, right);

        /// <summary>Sign turned.</summary>
        public static Tensor operator -(Tensor tensor) => tensor.neg();
    }
}
