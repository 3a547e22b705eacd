using TorchSharp.Modules;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>A tensor that a module trains.</summary>
        public class Parameter : torch.Tensor
        {
            /// <summary>Takes the tensor's data over; the tensor is no longer valid.</summary>
            public Parameter(torch.Tensor data, bool requires_grad = true) : base(data.with_requires_grad(requires_grad).MoveHandle())
            {
            }
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Takes the tensor's data over; the tensor is no longer valid.</summary>
            public static Parameter Parameter(Tensor data, bool requires_grad = true) => new(data, requires_grad);
        }
    }
}
