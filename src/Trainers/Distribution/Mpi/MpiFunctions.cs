using System.Runtime.InteropServices;

namespace MLNet.GradStability;

/// <summary>The functions of MPI that are used, in the binary interface of Open MPI 3 to 5. Errors end the job, as MPI's default handler has it.</summary>
internal static class MpiFunctions
{
    /// <summary>Stands for the file that <see cref="MpiLibrary"/> finds.</summary>
    public const string Library = "mpi";

    /// <summary>One thread at a time makes calls, any thread.</summary>
    public const int Serialized = 2;

    /// <summary>As the send buffer: the numbers are those in the receive buffer.</summary>
    public const nint InPlace = 1;

    [DllImport(Library, EntryPoint = "MPI_Initialized")]
    public static extern int Initialized(out int flag);

    [DllImport(Library, EntryPoint = "MPI_Init_thread")]
    public static extern int InitThread(nint argumentCount, nint arguments, int required, out int provided);

    [DllImport(Library, EntryPoint = "MPI_Comm_rank")]
    public static extern int Rank(nint communicator, out int rank);

    [DllImport(Library, EntryPoint = "MPI_Comm_size")]
    public static extern int Size(nint communicator, out int size);

    [DllImport(Library, EntryPoint = "MPI_Bcast")]
    public static extern int Broadcast(ref byte buffer, int count, nint type, int root, nint communicator);

    [DllImport(Library, EntryPoint = "MPI_Allreduce")]
    public static extern int AllReduce(nint send, ref byte receive, int count, nint type, nint operation, nint communicator);

    [DllImport(Library, EntryPoint = "MPI_Barrier")]
    public static extern int Barrier(nint communicator);

    [DllImport(Library, EntryPoint = "MPI_Abort")]
    public static extern int Abort(nint communicator, int code);

    [DllImport(Library, EntryPoint = "MPI_Finalize")]
    public static extern int End();
}
