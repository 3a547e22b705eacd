using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>Puts a list of entries back into a run.</summary>
internal sealed class StateReader(List<StateEntry> entries) : RunState
{
    private int _next;

    public override void Exchange(string name, Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        var entry = Next<StateEntry.OfTensor>(name, StateEntry.OfTensor.Describe(tensor));
        tensor.copy_(entry.Fits(tensor) ? entry.Value : throw Mismatch(name, StateEntry.OfTensor.Describe(tensor), entry.Description));
    }

    public override void Exchange(string name, ref double value) => value = Next<StateEntry.OfNumber>(name, "a number").Value;

    public override void Exchange(string name, ref long value) => value = Next<StateEntry.OfCount>(name, "a whole number").Value;

    public override void Exchange(string name, List<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        values.Clear();
        values.AddRange(Next<StateEntry.OfNumbers>(name, "a list of numbers").Values);
    }

    internal override void Exchange(string name, ref string value) => value = Next<StateEntry.OfText>(name, "a text").Value;

    internal override void Exchange(string name, StateSnapshot snapshot) => snapshot.CopyFrom(Next<StateEntry.OfSnapshot>(name, "a snapshot").Value);

    /// <exception cref="FormatException">Something was not asked for.</exception>
    public void Finish()
    {
        if (_next < entries.Count)
        {
            throw new FormatException($"State of the run: nothing is expected after the first {_next} entries; {entries[_next].Name} is there. It is of another kind of run.");
        }
    }

    private static FormatException Mismatch(string name, string expected, string found) =>
        new($"State of the run: {name} must be {expected}; found {found}. It is of another kind of run.");

    private T Next<T>(string name, string expected)
        where T : StateEntry
    {
        var entry = _next < entries.Count ? entries[_next] : throw Mismatch(name, expected, "nothing");
        _next++;
        return entry.Name == name
            ? entry as T ?? throw Mismatch(name, expected, entry.Description)
            : throw Mismatch(name, expected, $"{entry.Name} in its place");
    }
}
