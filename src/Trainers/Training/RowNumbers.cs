namespace MLNet.GradStability;

/// <summary>The numbers of rows in their IDataView, in rising order; rows that follow one another without a gap take no memory.</summary>
internal sealed class RowNumbers
{
    private readonly List<long> _afterGap = [];
    private long _first;
    private int _gapless;

    public void Add(long number)
    {
        if (_gapless == 0)
        {
            _first = number;
        }

        if (_afterGap.Count == 0 && number == _first + _gapless)
        {
            _gapless++;
        }
        else
        {
            _afterGap.Add(number);
        }
    }

    /// <summary>The numbers of the rows at the given places.</summary>
    public long[] At(ReadOnlySpan<int> places)
    {
        var numbers = new long[places.Length];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = places[i] < _gapless ? _first + places[i] : _afterGap[places[i] - _gapless];
        }

        return numbers;
    }
}
