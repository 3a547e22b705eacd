using System.Text.Json;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>
/// The changing numbers of a training run, on their way out to a snapshot or back from one. What keeps state names each piece of it once,
/// always in the same order; one method serves both directions, so that writing and reading cannot drift apart.
/// </summary>
/// <example>
/// <code>
/// public override void Exchange(RunState state)
/// {
///     state.Exchange("mean", _mean);          // a Tensor, filled in place when the run goes back
///     state.Exchange("steps", ref _steps);
/// }
/// </code>
/// </example>
public abstract class RunState
{
    private protected RunState()
    {
    }

    /// <summary>A tensor: read, or filled in place. Its shape and type stay the same during a fit.</summary>
    /// <param name="name">The name, for messages.</param>
    /// <param name="tensor">The tensor.</param>
    /// <exception cref="FormatException">The snapshot holds something else at this place.</exception>
    public abstract void Exchange(string name, Tensor tensor);

    /// <summary>A number: read, or set.</summary>
    /// <param name="name">The name, for messages.</param>
    /// <param name="value">The number.</param>
    /// <exception cref="FormatException">The snapshot holds something else at this place.</exception>
    public abstract void Exchange(string name, ref double value);

    /// <inheritdoc cref="Exchange(string, ref double)"/>
    public abstract void Exchange(string name, ref long value);

    /// <summary>A list of numbers of any length: read, or emptied and filled.</summary>
    /// <param name="name">The name, for messages.</param>
    /// <param name="values">The numbers.</param>
    /// <exception cref="FormatException">The snapshot holds something else at this place.</exception>
    public abstract void Exchange(string name, List<double> values);

    /// <inheritdoc cref="Exchange(string, ref double)"/>
    public void Exchange(string name, ref int value)
    {
        var wide = (long)value;
        Exchange(name, ref wide);
        value = checked((int)wide);
    }

    /// <summary>A truth value: read, or set.</summary>
    /// <param name="name">The name, for messages.</param>
    /// <param name="value">The truth value.</param>
    /// <exception cref="FormatException">The snapshot holds something else at this place.</exception>
    public void Exchange(string name, ref bool value)
    {
        var wide = value ? 1L : 0;
        Exchange(name, ref wide);
        value = wide != 0;
    }

    /// <summary>The state under a prefix, for a part that is there more than once: <c>Under("1")</c> turns the name <c>mean</c> into <c>1.mean</c>.</summary>
    /// <param name="prefix">The prefix.</param>
    public RunState Under(string prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        return new Part(this, prefix);
    }

    /// <summary>Text: read, or set.</summary>
    internal abstract void Exchange(string name, ref string value);

    /// <summary>A snapshot within the state: copied, or filled with a copy.</summary>
    internal abstract void Exchange(string name, StateSnapshot snapshot);

    /// <summary>Anything that System.Text.Json can write and read back: read, or replaced.</summary>
    internal void ExchangeJson<T>(string name, ref T value)
    {
        var before = JsonSerializer.Serialize(value, Descriptions.Options);
        var json = before;
        Exchange(name, ref json);
        if (!ReferenceEquals(json, before))
        {
            value = JsonSerializer.Deserialize<T>(json, Descriptions.Options)!;
        }
    }

    /// <summary>A random generator: its place in its sequence is read, or set.</summary>
    internal void Exchange(string name, Generator generator)
    {
        using var place = generator.get_state();
        Exchange(name, place);
        generator.set_state(place);
    }

    private sealed class Part(RunState whole, string prefix) : RunState
    {
        public override void Exchange(string name, Tensor tensor) => whole.Exchange(Full(name), tensor);

        public override void Exchange(string name, ref double value) => whole.Exchange(Full(name), ref value);

        public override void Exchange(string name, ref long value) => whole.Exchange(Full(name), ref value);

        public override void Exchange(string name, List<double> values) => whole.Exchange(Full(name), values);

        internal override void Exchange(string name, ref string value) => whole.Exchange(Full(name), ref value);

        internal override void Exchange(string name, StateSnapshot snapshot) => whole.Exchange(Full(name), snapshot);

        private string Full(string name) => $"{prefix}.{name}";
    }
}
