namespace Microsoft.ML.Runtime;

/// <summary>A message on a channel.</summary>
public readonly struct ChannelMessage
{
    /// <summary>The kind of message.</summary>
    public readonly ChannelMessageKind Kind;

    /// <summary>What sensitive content it may hold.</summary>
    public readonly MessageSensitivity Sensitivity;

    private readonly string _format;
    private readonly object[] _args;

    internal ChannelMessage(ChannelMessageKind kind, MessageSensitivity sensitivity, string fmt, params object[] args)
    {
        Contracts.CheckNonEmpty(fmt, nameof(fmt));
        Kind = kind;
        Sensitivity = sensitivity;
        _format = fmt;
        _args = args;
    }

    /// <summary>The text.</summary>
    public string Message => _args is { Length: > 0 } ? string.Format(_format, _args) : _format;
}

/// <summary>The kinds of messages.</summary>
public enum ChannelMessageKind
{
    /// <summary>For those who look closely.</summary>
    Trace = 0,

    /// <summary>For everyone.</summary>
    Info = 1,

    /// <summary>Something may be wrong.</summary>
    Warning = 2,

    /// <summary>Something is wrong.</summary>
    Error = 3,
}

/// <summary>The sensitive content a message may hold.</summary>
[Flags]
public enum MessageSensitivity
{
    /// <summary>Nothing sensitive.</summary>
    None = 0,

    /// <summary>Values of the data.</summary>
    UserData = 1,

    /// <summary>Names and types of columns.</summary>
    Schema = 2,

    /// <summary>Not known, so anything.</summary>
    Unknown = ~None,

    /// <summary>Anything.</summary>
    All = Unknown,
}
