using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>An array of numbers with gradients, held by libtorch.</summary>
    public partial class Tensor : IDisposable
    {
        private static long _totalCount;

        internal nint handle;

        /// <summary>Takes over a reference.</summary>
        internal Tensor(nint handle)
        {
            this.handle = handle;
            Interlocked.Increment(ref _totalCount);
            OwningDisposeScope = DisposeScopeManager.ThreadSingleton.RegisterOnCurrentDisposeScope(this);
        }

        /// <summary>Releases the reference.</summary>
        ~Tensor() => Dispose(false);

        /// <summary>Tensors alive in managed code.</summary>
        public static long TotalCount => Interlocked.Read(ref _totalCount);

        /// <summary>The native object; throws when the tensor was disposed.</summary>
        public IntPtr Handle => handle != 0 ? handle : throw new InvalidOperationException("Tensor invalid -- empty handle.");

        /// <summary>Whether the tensor was disposed.</summary>
        public bool IsInvalid => handle == 0;

        /// <summary>A name for people.</summary>
        public string? name { get; set; }

        internal DisposeScope? OwningDisposeScope { get; set; }

        /// <summary>Releases the reference.</summary>
        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        /// <summary>Releases the reference.</summary>
        protected virtual void Dispose(bool disposing)
        {
            // A finalizer leaves the scope alone: it belongs to another thread and is gone as well.
            if (disposing)
                OwningDisposeScope?.MarkAsDisposed(this);
            var released = Interlocked.Exchange(ref handle, 0);
            if (released == 0)
                return;
            Interlocked.Decrement(ref _totalCount);
            Shim.shim_tensor_free(released);
        }

        /// <summary>Hands the tensor to the scope outside the one that owns it.</summary>
        public Tensor MoveToOuterDisposeScope()
        {
            OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        /// <summary>Takes the tensor out of every scope.</summary>
        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Detach(this);
            return this;
        }

        /// <summary>Hands the tensor to another scope.</summary>
        public Tensor MoveToOtherDisposeScope(DisposeScope? other)
        {
            if (OwningDisposeScope is { } owner)
                owner.MoveToOther(other, this);
            else
                other?.Attach(this);
            return this;
        }

        /// <summary>Another reference to the same native tensor.</summary>
        public Tensor alias()
        {
            var tensor = new Tensor(Shim.shim_tensor_alias(Handle));
            GC.KeepAlive(this);
            return tensor;
        }

        internal nint MoveHandle()
        {
            DetachFromDisposeScope();
            var moved = handle;
            handle = 0;
            Interlocked.Decrement(ref _totalCount);
            GC.SuppressFinalize(this);
            return moved;
        }

        /// <summary>Calls an operator that changes this tensor.</summary>
        private Tensor InPlace(string op, params ReadOnlySpan<Arg> arguments)
        {
            Aten.Run(op, arguments);
            return this;
        }
    }
}
