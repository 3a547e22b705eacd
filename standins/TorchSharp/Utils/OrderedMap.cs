using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace TorchSharp.Utils;

/// <summary>A map that keeps the order in which keys came.</summary>
internal sealed class OrderedMap<T> : IEnumerable<(string Name, T Value)>
{
    private readonly List<string> _names = [];
    private readonly Dictionary<string, T> _values = [];

    public int Count => _names.Count;

    public T this[string name]
    {
        get => _values[name];
        set
        {
            if (!_values.ContainsKey(name))
                _names.Add(name);
            _values[name] = value;
        }
    }

    public bool ContainsKey(string name) => _values.ContainsKey(name);

    public bool TryGetValue(string name, [MaybeNullWhen(false)] out T value) => _values.TryGetValue(name, out value);

    public bool TryAdd(string name, T value)
    {
        if (!_values.TryAdd(name, value))
            return false;
        _names.Add(name);
        return true;
    }

    public void Remove(string name)
    {
        if (_values.Remove(name))
            _names.Remove(name);
    }

    public IEnumerator<(string Name, T Value)> GetEnumerator() => _names.Select(name => (name, _values[name])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
