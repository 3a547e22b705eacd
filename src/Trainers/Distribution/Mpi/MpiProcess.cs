using System.Diagnostics;
using System.Runtime.InteropServices;

namespace MLNet.GradStability;

/// <summary>This process as a rank of an MPI job, which a process joins once and leaves when it ends.</summary>
internal sealed class MpiProcess : ICollective
{
    private const int Failed = 1;
    private static readonly object Gate = new();
    private static MpiProcess? s_joined;
    private readonly MpiLibrary _library;
    private readonly Stopwatch _watch = new();
    private volatile bool _isCalling;
    private int _trainings;

    private MpiProcess(MpiLibrary library)
    {
        _library = library;
        Check(MpiFunctions.Initialized(out var isInitialized), "MPI_Initialized");
        if (isInitialized == 0)
        {
            Check(MpiFunctions.InitThread(0, 0, MpiFunctions.Serialized, out var provided), "MPI_Init_thread");
            if (provided < MpiFunctions.Serialized)
            {
                throw new InvalidOperationException("DataParallel.Mpi: the installed Open MPI must allow calls from any thread (MPI_THREAD_SERIALIZED); it does not. Install one that was built with threads, as those of Linux distributions are.");
            }

            AppDomain.CurrentDomain.ProcessExit += (_, _) => End();
        }

        Check(MpiFunctions.Rank(library.World, out var rank), "MPI_Comm_rank");
        Check(MpiFunctions.Size(library.World, out var size), "MPI_Comm_size");
        (Rank, Count) = (rank, size);
    }

    /// <summary>Whether files are this process's to write: it is the first of its job, or of none.</summary>
    public static bool Writes
    {
        get
        {
            lock (Gate)
            {
                return s_joined is null or { Rank: 0 };
            }
        }
    }

    public int Rank { get; }

    public int Count { get; }

    public TimeSpan Time => _watch.Elapsed;

    /// <summary>Joins the job; a process that no launcher started is one of its own.</summary>
    /// <exception cref="InvalidOperationException">Open MPI is not installed, or cannot be used.</exception>
    public static MpiProcess Join()
    {
        lock (Gate)
        {
            return s_joined ??= new MpiProcess(MpiLibrary.Load());
        }
    }

    public void Sum(Span<float> numbers) => Sum(MemoryMarshal.AsBytes(numbers), numbers.Length, _library.Single);

    public void Sum(Span<double> numbers) => Sum(MemoryMarshal.AsBytes(numbers), numbers.Length, _library.Double);

    public void Broadcast(Span<byte> bytes, int from)
    {
        if (bytes.Length > 0)
        {
            using var _ = new Call(this);
            Check(MpiFunctions.Broadcast(ref MemoryMarshal.GetReference(bytes), bytes.Length, _library.Byte, from, _library.World), "MPI_Bcast");
        }
    }

    public void Barrier()
    {
        using var _ = new Call(this);
        Check(MpiFunctions.Barrier(_library.World), "MPI_Barrier");
    }

    public void Enter()
    {
        if (Count > 1 && Interlocked.Exchange(ref _trainings, 1) != 0)
        {
            throw new InvalidOperationException("DataParallel.Mpi: a process must make one distributed fit at a time, and none after one that broke off while the other ranks went on. Fit one after another, or leave Distribution out of the others; after a failure end the program.");
        }
    }

    public void Leave() => Interlocked.Exchange(ref _trainings, 0);

    private static void Check(int code, string function)
    {
        if (code != 0)
        {
            throw new InvalidOperationException($"DataParallel.Mpi: {function} failed with code {code}. Look at the messages of mpirun.");
        }
    }

    private void Sum(Span<byte> bytes, int count, nint type)
    {
        if (count > 0)
        {
            using var _ = new Call(this);
            Check(MpiFunctions.AllReduce(MpiFunctions.InPlace, ref MemoryMarshal.GetReference(bytes), count, type, _library.Sum, _library.World), "MPI_Allreduce");
        }
    }

    private void End()
    {
        if (Volatile.Read(ref _trainings) == 0)
        {
            _ = MpiFunctions.End();
        }
        else if (!_isCalling)
        {
            // The others wait for this process in a training that it will not go on with.
            _ = MpiFunctions.Abort(_library.World, Failed);
        }
    }

    /// <summary>Times a call, and marks it: at the end of a process that is in one, nothing more may be called.</summary>
    private readonly ref struct Call
    {
        private readonly MpiProcess _process;

        public Call(MpiProcess process)
        {
            _process = process;
            process._isCalling = true;
            process._watch.Start();
        }

        public void Dispose()
        {
            _process._watch.Stop();
            _process._isCalling = false;
        }
    }
}
