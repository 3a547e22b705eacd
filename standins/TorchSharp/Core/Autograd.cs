using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Gradients.</summary>
    public static unsafe class autograd
    {
        /// <summary>Gradients of the outputs by the inputs; null where an input was not used.</summary>
        public static IList<Tensor> grad(IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null,
            bool retain_graph = false, bool create_graph = false, bool allow_unused = false)
        {
            nint[] from = Handles(outputs), to = Handles(inputs), seeds = Handles(grad_outputs), results = new nint[inputs.Count];
            fixed (nint* f = from, t = to, s = seeds, r = results)
            {
                Shim.Check(Shim.shim_grad(f, from.Length, t, to.Length, s, seeds.Length,
                    retain_graph ? 1 : 0, create_graph ? 1 : 0, allow_unused ? 1 : 0, r));
            }
            KeepAlive(outputs, inputs, grad_outputs);
            return results.Select(handle => handle == 0 ? null! : new Tensor(handle)).ToList();
        }

        /// <summary>Accumulates the gradients of all tensors into the leaves.</summary>
        public static void backward(IList<Tensor> tensors, IList<Tensor>? grad_tensors = null, bool? retain_graph = null,
            bool create_graph = false, IList<Tensor>? inputs = null)
        {
            nint[] from = Handles(tensors), seeds = Handles(grad_tensors), to = Handles(inputs);
            fixed (nint* f = from, s = seeds, t = to)
            {
                Shim.Check(Shim.shim_backward(f, from.Length, s, seeds.Length,
                    retain_graph ?? create_graph ? 1 : 0, create_graph ? 1 : 0, t, to.Length));
            }
            KeepAlive(tensors, grad_tensors, inputs);
        }

        /// <summary>Accumulates the gradients of a tensor into the leaves.</summary>
        public static void backward(Tensor tensor, IList<Tensor>? grad_tensors = null, bool? retain_graph = null,
            bool create_graph = false, IList<Tensor>? inputs = null) =>
            backward([tensor], grad_tensors, retain_graph, create_graph, inputs);

        /// <summary>Accumulates the gradients of a tensor, weighed by another, into the leaves.</summary>
        public static void backward(Tensor tensor, Tensor grad_tensor, bool? retain_graph = null,
            bool create_graph = false, IList<Tensor>? inputs = null) =>
            backward([tensor], [grad_tensor], retain_graph, create_graph, inputs);

        /// <summary>Checks backward passes until disposed.</summary>
        public static AnomalyMode detect_anomaly(bool check_nan = true) => new(true, check_nan);

        /// <summary>Switches the checks of backward passes until disposed.</summary>
        public static AnomalyMode set_detect_anomaly(bool mode, bool check_nan = true) => new(mode, check_nan);

        private static nint[] Handles(IList<Tensor>? tensors)
        {
            var handles = new nint[tensors?.Count ?? 0];
            for (var i = 0; i < handles.Length; i++)
                handles[i] = tensors![i].Handle;
            return handles;
        }

        private static void KeepAlive(IList<Tensor> first, IList<Tensor>? second, IList<Tensor>? third)
        {
            GC.KeepAlive(first);
            GC.KeepAlive(second);
            GC.KeepAlive(third);
        }
    }
}
