namespace MLNet.GradStability;

/// <summary>Starts an <see cref="OptionSpace{TOptions}"/>.</summary>
public static class OptionSpace
{
    /// <summary>A space around options: what is not searched stays as it is there.</summary>
    /// <typeparam name="TOptions">An immutable record, such as <see cref="NeuralNetworkOptions"/>.</typeparam>
    /// <param name="options">The options.</param>
    /// <returns>A space without parameters yet.</returns>
    public static OptionSpace<TOptions> Of<TOptions>(TOptions options)
        where TOptions : notnull
    {
        ArgumentNullException.ThrowIfNull(options);
        return new([], _ => options);
    }

    /// <summary>
    /// The space that the attributes of a class describe: <c>[Range]</c>, <c>[Choice]</c>, <c>[BooleanChoice]</c> and <c>[NestOption]</c> of
    /// Microsoft.ML.SearchSpace on public fields and properties, as ML.NET's <c>SearchSpace&lt;T&gt;</c> reads them. Members within a nested class are named
    /// with a dot, such as <c>Clipping.Threshold</c>.
    /// </summary>
    /// <typeparam name="TOptions">The class.</typeparam>
    /// <remarks>
    /// The first trial takes the values that the attributes name as first. Unlike ML.NET, a whole number reaches its upper bound, and a range without a first
    /// value starts in its middle and not at its lower bound.
    /// </remarks>
    /// <exception cref="ArgumentException">A member cannot hold what its attribute says, or has two attributes, or there is none with one.</exception>
    public static OptionSpace<TOptions> FromAttributes<TOptions>()
        where TOptions : class, new() => SpaceAttributes.Read<TOptions>();
}
