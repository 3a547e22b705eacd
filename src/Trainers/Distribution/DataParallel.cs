namespace MLNet.GradStability;

/// <summary>
/// How one training is shared by several processes, its ranks. Each holds the whole network and a disjoint part of the rows; of every batch it computes
/// the gradient of the rows that it holds, the parts are summed over the ranks once an update, and all ranks make the same update.
/// </summary>
/// <remarks>
/// The program runs in every process alike. Options, rows and software must be the same everywhere, which is checked when <c>Fit</c> starts; every rank returns the same
/// model. Log, progress, checkpoints and the files of the library's callbacks, models and reports are written by the first rank alone. It is no part of the saved model.
/// </remarks>
public abstract record DataParallel
{
    private protected DataParallel()
    {
    }

    /// <summary>
    /// Trains on the processes of an MPI job, started with <c>mpirun -np 4 dotnet program.dll</c> or by a cluster's own launcher, over the installed Open MPI. A process that
    /// is started alone is a job of one rank and trains as without this option.
    /// </summary>
    /// <param name="batchPerRank">
    /// What <see cref="NeuralNetworkOptions.BatchSize"/> counts. False, the default: the rows of a batch over all ranks, so that the training is the same however many ranks share it. True: rows
    /// for each rank, so that a batch has that many times the number of ranks.
    /// </param>
    /// <param name="checkEvery">Updates between two checks that all ranks hold the same weights, bit for bit, 1 or more; default 100. A difference ends the job with an error that names it.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static DataParallel Mpi(bool batchPerRank = false, int checkEvery = 100) => new MpiDataParallel(batchPerRank, checkEvery);

    /// <summary>Joins the job, where this process has not joined it yet, and says which of its processes this is.</summary>
    /// <returns>The processes, for programs that write or print by themselves.</returns>
    /// <exception cref="InvalidOperationException">The engine is not installed, or cannot be used; the message says what to install.</exception>
    public ProcessGroup Join() => new(Connect());

    /// <summary>Updates between two checks of the weights.</summary>
    internal abstract int ChecksEvery { get; }

    /// <summary>Joins the job for a training.</summary>
    internal abstract ICollective Connect();

    /// <summary>The options with the batches that so many ranks make.</summary>
    internal abstract NeuralNetworkOptions Adopt(NeuralNetworkOptions options, int ranks);
}
