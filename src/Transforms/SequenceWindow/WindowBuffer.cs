using Microsoft.ML.Data;

namespace MLNet.GradStability;

/// <summary>The last T steps of F numbers, in a ring.</summary>
internal sealed class WindowBuffer(RowValues step, int length, int width)
{
    private readonly float[] _ring = new float[length * width];
    private int _next;

    /// <summary>Takes the step of the row at hand, over the oldest.</summary>
    public void Push()
    {
        step.Read().CopyTo(_ring.AsSpan(_next * width));
        _next = (_next + 1) % length;
    }

    /// <summary>Gives the window, the oldest step first.</summary>
    public void Get(ref VBuffer<float> value)
    {
        var editor = VBufferEditor.Create(ref value, _ring.Length);
        var older = _ring.AsSpan(_next * width);
        older.CopyTo(editor.Values);
        _ring.AsSpan(0, _next * width).CopyTo(editor.Values[older.Length..]);
        value = editor.Commit();
    }
}
