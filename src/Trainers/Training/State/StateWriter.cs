using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>Fills a list of entries with the state of a run, using those again that fit.</summary>
internal sealed class StateWriter(List<StateEntry> entries) : RunState
{
    private int _next;

    public override void Exchange(string name, Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        Slot(name, entry => entry.Fits(tensor) && entry.Value.device_type == tensor.device_type, () => new StateEntry.OfTensor(name, empty_like(tensor).DetachFromDisposeScope())).Value.copy_(tensor);
    }

    public override void Exchange(string name, ref double value) => Slot(name, _ => true, () => new StateEntry.OfNumber(name)).Value = value;

    public override void Exchange(string name, ref long value) => Slot(name, _ => true, () => new StateEntry.OfCount(name)).Value = value;

    public override void Exchange(string name, List<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var kept = Slot(name, _ => true, () => new StateEntry.OfNumbers(name)).Values;
        kept.Clear();
        kept.AddRange(values);
    }

    internal override void Exchange(string name, ref string value) => Slot(name, _ => true, () => new StateEntry.OfText(name)).Value = value;

    internal override void Exchange(string name, StateSnapshot snapshot) =>
        Slot(name, _ => true, () => new StateEntry.OfSnapshot(name, new StateSnapshot())).Value.CopyFrom(snapshot);

    /// <summary>Drops entries of an earlier capture that were not there this time.</summary>
    public void Finish()
    {
        entries.Skip(_next).ToList().ForEach(entry => entry.Dispose());
        entries.RemoveRange(_next, entries.Count - _next);
    }

    private T Slot<T>(string name, Func<T, bool> fits, Func<T> create)
        where T : StateEntry
    {
        var place = _next++;
        if (place < entries.Count && entries[place] is T kept && kept.Name == name && fits(kept))
        {
            return kept;
        }

        var made = create();
        if (place < entries.Count)
        {
            entries[place].Dispose();
            entries[place] = made;
        }
        else
        {
            entries.Add(made);
        }

        return made;
    }
}
