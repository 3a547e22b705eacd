using System.Runtime.InteropServices;

namespace MLNet.GradStability;

/// <summary>The installed Open MPI: finds its library, and the objects in it that other MPIs number instead.</summary>
internal sealed class MpiLibrary
{
    // Open MPI 3 to 5 share the first name.
    private static readonly string[] Names = ["libmpi.so.40", "libmpi.so", "libmpi.40.dylib", "libmpi.dylib"];

    private MpiLibrary(nint handle, string name)
    {
        Handle = handle;
        World = Find(handle, name, "ompi_mpi_comm_world");
        Byte = Find(handle, name, "ompi_mpi_byte");
        Single = Find(handle, name, "ompi_mpi_float");
        Double = Find(handle, name, "ompi_mpi_double");
        Sum = Find(handle, name, "ompi_mpi_op_sum");
    }

    /// <summary>MPI_COMM_WORLD: all processes of the job.</summary>
    public nint World { get; }

    public nint Byte { get; }

    public nint Single { get; }

    public nint Double { get; }

    public nint Sum { get; }

    private nint Handle { get; }

    /// <summary>Loads the library, and has <see cref="MpiFunctions"/> call it.</summary>
    /// <exception cref="InvalidOperationException">It is not installed.</exception>
    public static MpiLibrary Load()
    {
        var library = Load(Names);
        NativeLibrary.SetDllImportResolver(typeof(MpiLibrary).Assembly, (name, _, _) => name == MpiFunctions.Library ? library.Handle : 0);
        return library;
    }

    /// <summary>Loads the first library that is there.</summary>
    /// <exception cref="InvalidOperationException">None is there, or it is another MPI.</exception>
    internal static MpiLibrary Load(IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            if (NativeLibrary.TryLoad(name, out var handle))
            {
                return new MpiLibrary(handle, name);
            }
        }

        throw new InvalidOperationException(
            $"DataParallel.Mpi: Open MPI must be installed on every machine of the job; none of {string.Join(", ", names)} was found. Install it (Debian and Ubuntu: apt-get install openmpi-bin; Fedora: dnf install openmpi; macOS: brew install open-mpi), or leave NeuralNetworkOptions.Distribution out to train in one process.");
    }

    private static nint Find(nint handle, string name, string symbol) => NativeLibrary.TryGetExport(handle, symbol, out var address)
        ? address
        : throw new InvalidOperationException(
            $"DataParallel.Mpi: the MPI library must be Open MPI 3 or later; {name} has no {symbol}. Install Open MPI (Debian and Ubuntu: apt-get install openmpi-bin), and start the job with its mpirun.");
}
