using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A source of random numbers.</summary>
    public class Generator : IDisposable
    {
        /// <summary>A new source on the CPU.</summary>
        public Generator(ulong seed = 0, Device? device = null) : this(Shim.Check(Shim.shim_generator_new(seed)))
        {
            if (device is { type: not DeviceType.CPU })
                throw new ArgumentException("Only generators on the CPU are supported here.", nameof(device));
        }

        private Generator(nint handle) => Handle = handle;

        /// <summary>Releases the source.</summary>
        ~Generator() => Dispose(false);

        /// <summary>The source that operators without one of their own draw from.</summary>
        public static Generator Default => new(Shim.Check(Shim.shim_generator_default()));

        /// <summary>The native object.</summary>
        public IntPtr Handle { get; private set; }

        /// <summary>Where the source lives.</summary>
        public Device device => CPU;

        /// <summary>The whole state, as bytes.</summary>
        public Tensor get_state()
        {
            var state = new Tensor(Shim.Check(Shim.shim_generator_get_state(Handle)));
            GC.KeepAlive(this);
            return state;
        }

        /// <summary>Goes to a state got before.</summary>
        public void set_state(Tensor value)
        {
            Shim.Check(Shim.shim_generator_set_state(Handle, value.Handle));
            GC.KeepAlive(value);
            GC.KeepAlive(this);
        }

        /// <summary>Starts again from a seed.</summary>
        public Generator manual_seed(long seed)
        {
            Shim.shim_generator_set_seed(Handle, unchecked((ulong)seed));
            return this;
        }

        /// <summary>Starts again from the time.</summary>
        public long seed()
        {
            var seed = DateTime.UtcNow.Ticks;
            manual_seed(seed);
            return seed;
        }

        /// <summary>The seed it started from.</summary>
        public long initial_seed()
        {
            var seed = unchecked((long)Shim.shim_generator_current_seed(Handle));
            GC.KeepAlive(this);
            return seed;
        }

        /// <summary>Releases the source.</summary>
        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        /// <summary>Releases the source.</summary>
        protected virtual void Dispose(bool disposing)
        {
            if (Handle == 0)
                return;
            Shim.shim_generator_free(Handle);
            Handle = 0;
        }
    }

    /// <summary>The process-wide source of random numbers.</summary>
    public static class random
    {
        /// <summary>Seeds it.</summary>
        public static Generator manual_seed(long seed)
        {
            Shim.Check(Shim.shim_manual_seed(unchecked((ulong)seed)));
            return Generator.Default;
        }

        /// <summary>Seeds it from the time.</summary>
        public static long seed() => Generator.Default.seed();

        /// <summary>The seed it started from.</summary>
        public static long initial_seed() => Generator.Default.initial_seed();

        /// <summary>Its whole state, as bytes.</summary>
        public static Tensor get_rng_state() => Generator.Default.get_state();

        /// <summary>Goes to a state got before.</summary>
        public static void set_rng_state(Tensor new_state) => Generator.Default.set_state(new_state);
    }

    /// <inheritdoc cref="random.manual_seed"/>
    public static Generator manual_seed(long seed) => random.manual_seed(seed);

    /// <inheritdoc cref="random.seed"/>
    public static long seed() => random.seed();

    /// <inheritdoc cref="random.initial_seed"/>
    public static long initial_seed() => random.initial_seed();

    /// <inheritdoc cref="random.get_rng_state"/>
    public static Tensor get_rng_state() => random.get_rng_state();

    /// <inheritdoc cref="random.set_rng_state"/>
    public static void set_rng_state(Tensor new_state) => random.set_rng_state(new_state);
}
