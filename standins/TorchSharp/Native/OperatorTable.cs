using System.Text;

namespace TorchSharp.Native;

/// <summary>Handles of the operators used so far, by the reference of the literal that names them.</summary>
internal static class OperatorTable
{
    private static readonly object Gate = new();
    private static volatile Dictionary<object, nint> _handles = new(ReferenceEqualityComparer.Instance);

    public static nint Find(string op) => _handles.TryGetValue(op, out var handle) ? handle : Add(op);

    private static unsafe nint Add(string op)
    {
        var dot = op.IndexOf('.');
        var name = Encoding.UTF8.GetBytes("aten::" + (dot < 0 ? op : op[..dot]) + '\0');
        var overload = Encoding.UTF8.GetBytes((dot < 0 ? "" : op[(dot + 1)..]) + '\0');
        nint handle;
        fixed (byte* n = name, o = overload)
            handle = Shim.Check(Shim.shim_find(n, o));
        lock (Gate)
        {
            // Readers never lock: the table is replaced, not changed.
            _handles = new Dictionary<object, nint>(_handles, ReferenceEqualityComparer.Instance) { [op] = handle };
        }
        return handle;
    }
}
