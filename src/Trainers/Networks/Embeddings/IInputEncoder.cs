namespace MLNet.GradStability;

/// <summary>The module of a network that takes rows apart into numbers and keys; behind it a key's size means nothing any more.</summary>
internal interface IInputEncoder
{
    /// <summary>How many numbers a row begins with.</summary>
    int Numbers { get; }
}
