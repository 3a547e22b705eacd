using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability;

/// <summary>
/// Reads a few hundred rows ahead and scores them in one forward pass. The other columns asked for are kept beside the scores, so that the
/// input is read once and in its own order.
/// </summary>
internal sealed class ScoreCursor : DataViewRowCursor
{
    private const int LookAhead = 512;
    private readonly DataViewRowCursor _input;
    private readonly ScoreBinding _binding;
    private readonly Dictionary<int, KeptColumn> _kept = [];
    private readonly HashSet<int> _active;
    private readonly FeatureReader? _features;
    private readonly ValueGetter<DataViewRowId> _id;
    private readonly DataViewRowId[] _ids = new DataViewRowId[LookAhead];
    private readonly long[] _batches = new long[LookAhead];
    private readonly float[] _rows = [];
    private readonly float[] _scores = [];
    private int _count;
    private int _current = -1;
    private long _position = -1;
    private bool _ended;

    public ScoreCursor(DataViewRowCursor input, ScoreBinding binding, IReadOnlyCollection<DataViewSchema.Column> needed)
    {
        _input = input;
        _binding = binding;
        _active = [.. needed.Select(column => column.Index)];
        _id = input.GetIdGetter();
        foreach (var column in needed.Where(column => !binding.IsAdded(column)))
        {
            _kept.TryAdd(column.Index, KeptColumn.Create(input, binding.InputSchema[column.Index], LookAhead));
        }

        if (needed.Any(binding.IsAdded))
        {
            _features = new FeatureReader(input, binding.Features, binding.Model.Inputs);
            _rows = new float[LookAhead * binding.Model.InputSize];
            _scores = new float[LookAhead * binding.Model.OutputSize];
        }
    }

    public override DataViewSchema Schema => _binding.OutputSchema;

    public override long Position => _position;

    public override long Batch => _current >= 0 ? _batches[_current] : 0;

    public override bool MoveNext()
    {
        if (_ended)
        {
            return false;
        }

        if (++_current >= _count && !Fill())
        {
            _ended = true;
            _position = -1;
            _current = -1;
            return false;
        }

        _position++;
        return true;
    }

    public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column.Index);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!IsColumnActive(column))
        {
            throw new InvalidOperationException($"The column \"{column.Name}\" must be among those asked for when the cursor was made. Name it in GetRowCursor.");
        }

        return _binding.IsAdded(column)
            ? _binding.Getter<TValue>(column, CurrentScores)
            : _kept[column.Index].Getter<TValue>(() => Checked(_current));
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = _ids[Checked(_current)];

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _ended = true;
            _input.Dispose();
        }

        base.Dispose(disposing);
    }

    private ReadOnlySpan<float> CurrentScores()
    {
        var size = _binding.Model.OutputSize;
        return _scores.AsSpan(Checked(_current) * size, size);
    }

    private static int Checked(int current) =>
        current >= 0 ? current : throw new InvalidOperationException("A cursor must stand on a row when a value is read. Call MoveNext first, and stop when it returns false.");

    private bool Fill()
    {
        var width = _binding.Model.InputSize;
        for (_count = 0; _count < LookAhead && _input.MoveNext(); _count++)
        {
            _id(ref _ids[_count]);
            _batches[_count] = _input.Batch;
            foreach (var column in _kept.Values)
            {
                column.Keep(_count);
            }

            _features?.Read(_rows.AsSpan(_count * width, width));
        }

        if (_count > 0 && _features is not null)
        {
            _binding.Model.Score(_rows, _count, _scores);
        }

        _current = 0;
        return _count > 0;
    }
}
