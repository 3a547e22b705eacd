using System.Globalization;
using System.Security.Cryptography;

namespace MLNet.GradStability;

/// <summary>The name of a run: the same for the same kind of trainer, options and rows, and for nothing else.</summary>
internal sealed class RunFingerprint
{
    // 64 bits: enough for all the runs that share a folder.
    private const int Length = 16;

    /// <summary>Takes in the rows as they are read.</summary>
    public RowHash Rows { get; } = new();

    /// <summary>Takes in rows for validation that are given beside.</summary>
    public RowHash ValidationRows { get; } = new();

    /// <param name="task">The kind of trainer.</param>
    /// <param name="options">Its options; a seed that is not given is no part of the name.</param>
    /// <param name="inputs">The feature columns.</param>
    /// <param name="weights">The weights it starts from; null for those of the initialiser alone.</param>
    /// <exception cref="NotSupportedException">The options hold a kind that is not registered.</exception>
    public string Name(string task, NeuralNetworkOptions options, InputLayout inputs, BoundStartingWeights? weights = null)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Descriptions.ToUtf8(new { task, features = inputs.Columns }));
        hash.AppendData(Descriptions.ToUtf8(options));
        weights?.AddTo(hash);
        hash.AppendData(Rows.Value);
        hash.AppendData(ValidationRows.Value);
        return string.Concat(hash.GetHashAndReset().Select(part => part.ToString("x2", CultureInfo.InvariantCulture)))[..Length];
    }
}
