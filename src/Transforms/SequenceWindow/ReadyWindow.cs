using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability;

/// <summary>Windowing bound to rows that hold a whole window each, as single rows that are scored do: the window is what the row holds.</summary>
internal sealed class ReadyWindow(SequenceWindowModel model, DataViewSchema input)
    : AddedColumn(input, SequenceWindowColumns.Step(input, model.InputColumnName), new(model.OutputColumnName, model.WindowType))
{
    protected override Delegate CreateGetter(DataViewRow input)
    {
        var values = new RowValues(input, Source);
        ValueGetter<VBuffer<float>> getter = (ref VBuffer<float> value) =>
        {
            var window = values.Read();
            var editor = VBufferEditor.Create(ref value, window.Length);
            window.CopyTo(editor.Values);
            value = editor.Commit();
        };
        return getter;
    }
}
