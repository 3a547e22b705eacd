namespace Samples.Cli;

/// <summary>What is to be learned.</summary>
internal enum TaskKind
{
    /// <summary>One of several classes.</summary>
    Multiclass,

    /// <summary>One of two classes.</summary>
    Binary,

    /// <summary>A number.</summary>
    Regression,
}
