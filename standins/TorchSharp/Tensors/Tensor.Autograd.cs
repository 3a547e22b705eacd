using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Whether gradients are recorded for the tensor.</summary>
        public bool requires_grad
        {
            get => Alive(Shim.shim_tensor_requires_grad(Handle)) != 0;
            set => Shim.Check((int)Alive(Shim.shim_tensor_set_requires_grad(Handle, value ? 1 : 0)));
        }

        /// <summary>Sets whether gradients are recorded for the tensor.</summary>
        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        /// <summary>Sets whether gradients are recorded for the tensor.</summary>
        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        /// <summary>Whether the tensor is no operator's result.</summary>
        public bool is_leaf
        {
            get
            {
                var result = (int)Alive(Shim.shim_tensor_is_leaf(Handle));
                Shim.Check(result);
                return result != 0;
            }
        }

        /// <summary>The accumulated gradient, a new reference at each reading.</summary>
        public Tensor? grad
        {
            get
            {
                var gradient = Shim.shim_tensor_grad(Handle);
                GC.KeepAlive(this);
                return gradient == 0 ? null : new Tensor(gradient);
            }

            set
            {
                Shim.Check((int)Alive(Shim.shim_tensor_set_grad(Handle, value?.Handle ?? 0)));
                GC.KeepAlive(value);
            }
        }

        /// <summary>Keeps the gradient although the tensor is no leaf.</summary>
        public void retain_grad() => Shim.Check((int)Alive(Shim.shim_tensor_retain_grad(Handle)));

        /// <summary>Accumulates the gradients of this tensor into the leaves.</summary>
        public void backward() => autograd.backward(this);

        /// <summary>The same data without its history.</summary>
        public Tensor detach() => Aten.Call("detach", this);

        /// <summary>Forgets the history.</summary>
        public Tensor detach_() => InPlace("detach_", this);
    }
}
