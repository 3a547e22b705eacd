using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability;

/// <summary>
/// Reads blocks of a few hundred rows ahead and scores each in one forward pass; from the second block on the pass runs while the next rows are read. The
/// other columns asked for are kept beside the scores, so that the input is read once, in its own order and by the reader's own thread.
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
    private readonly DataViewRowId[] _ids = new DataViewRowId[2 * LookAhead];
    private readonly long[] _batches = new long[2 * LookAhead];
    private ScoreBlock? _block;
    private ScoreBlock? _ahead;
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
            _kept.TryAdd(column.Index, KeptColumn.Create(input, binding.InputSchema[column.Index], 2 * LookAhead));
        }

        if (needed.Any(binding.IsAdded))
        {
            _features = new FeatureReader(input, binding.Features, binding.Model.Inputs);
        }
    }

    public override DataViewSchema Schema => _binding.OutputSchema;

    public override long Position => _position;

    public override long Batch => _current >= 0 ? _batches[Place()] : 0;

    public override bool MoveNext()
    {
        if (_ended)
        {
            return false;
        }

        if (++_current >= (_block?.Count ?? 0) && !Turn())
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
            ? _binding.Getter<TValue>(column, () => _block!.Scores(Place() - _block.First))
            : _kept[column.Index].Getter<TValue>(Place);
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = _ids[Place()];

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _ended = true;
            _block?.Abandon();
            _ahead?.Abandon();
            _input.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Where the row at hand is kept.</summary>
    private int Place() => _current >= 0
        ? _block!.First + _current
        : throw new InvalidOperationException("A cursor must stand on a row when a value is read. Call MoveNext first, and stop when it returns false.");

    /// <summary>Goes to the next block; false when there is none.</summary>
    private bool Turn()
    {
        if (_block is null)
        {
            // Many readers want a few rows only: nothing is read ahead of them.
            _block = NewBlock(0);
            Read(_block);
            _block.Score();
        }
        else
        {
            var next = _ahead ??= ReadAhead(NewBlock(LookAhead));
            _ahead = next.Count == 0 ? null : ReadAhead(_block);
            next.Wait();
            _block = next;
        }

        _current = 0;
        return _block.Count > 0;
    }

    private ScoreBlock NewBlock(int first) => new(_binding.Model, first, _features is null ? 0 : LookAhead);

    /// <summary>Reads into a block that nobody stands on, and begins to score it.</summary>
    private ScoreBlock ReadAhead(ScoreBlock block)
    {
        Read(block);
        block.BeginScore();
        return block;
    }

    private void Read(ScoreBlock block)
    {
        for (block.Count = 0; block.Count < LookAhead && _input.MoveNext(); block.Count++)
        {
            var place = block.First + block.Count;
            _id(ref _ids[place]);
            _batches[place] = _input.Batch;
            foreach (var column in _kept.Values)
            {
                column.Keep(place);
            }

            _features?.Read(block.Row());
        }
    }
}
