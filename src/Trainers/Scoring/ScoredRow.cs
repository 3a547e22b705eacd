using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability;

/// <summary>One row with score columns; a row is scored once, when the first of them is read.</summary>
internal sealed class ScoredRow : DataViewRow
{
    private readonly DataViewRow _input;
    private readonly ScoreBinding _binding;
    private readonly HashSet<int> _active;
    private readonly FeatureReader? _features;
    private readonly float[] _row;
    private readonly float[] _scores;
    private long _scored = -1;

    public ScoredRow(DataViewRow input, ScoreBinding binding, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        _input = input;
        _binding = binding;
        _active = [.. activeColumns.Select(column => column.Index)];
        _row = new float[binding.Model.InputSize];
        _scores = new float[binding.Model.OutputSize];
        _features = _active.Any(index => index >= binding.InputSchema.Count) ? new FeatureReader(input, binding.Features, binding.Model.Inputs) : null;
    }

    public override DataViewSchema Schema => _binding.OutputSchema;

    public override long Position => _input.Position;

    public override long Batch => _input.Batch;

    public override bool IsColumnActive(DataViewSchema.Column column) =>
        _active.Contains(column.Index) || (!_binding.IsAdded(column) && _input.IsColumnActive(_binding.InputSchema[column.Index]));

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => _binding.IsAdded(column)
        ? _binding.Getter<TValue>(column, CurrentScores)
        : _input.GetGetter<TValue>(_binding.InputSchema[column.Index]);

    public override ValueGetter<DataViewRowId> GetIdGetter() => _input.GetIdGetter();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _input.Dispose();
        }

        base.Dispose(disposing);
    }

    private ReadOnlySpan<float> CurrentScores()
    {
        if (_scored != _input.Position || _scored < 0)
        {
            _features!.Read(_row);
            _binding.Model.Score(_row, 1, _scores);
            _scored = _input.Position;
        }

        return _scores;
    }
}
