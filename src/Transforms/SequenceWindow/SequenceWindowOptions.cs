namespace MLNet.GradStability;

/// <summary>The options of <see cref="SequenceWindowEstimator"/>.</summary>
public sealed record SequenceWindowOptions
{
    private const string Owner = nameof(SequenceWindowOptions);

    /// <summary>How many rows after the last row of a window its target stands.</summary>
    /// <value>0 or greater; default 1, the next row; 0 takes the target from the window's last row.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 0.</exception>
    public int Ahead
    {
        get;
        init => field = Require.NotNegative(value, Owner, nameof(Ahead), "A target of the past is in the window already.");
    } = 1;

    /// <summary>How many rows lie between the ends of two windows.</summary>
    /// <value>1 or greater; default 1: a window ends at every row that has enough before it.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int Stride
    {
        get;
        init => field = Require.AtLeastOne(value, Owner, nameof(Stride), "1 makes a window for every row.");
    } = 1;

    /// <summary>The column that the target is taken from: a Single, a vector of Single, or a key of UInt32.</summary>
    /// <value>Default null: the input column, which then holds a single number.</value>
    public string? TargetInputColumnName { get; init; }

    /// <summary>
    /// The column that tells series apart: text, a key, a Single or an integer of 32 or 64 bits. Rows of one series follow one another; where the
    /// value changes a new series begins, and no window and no target reaches over that.
    /// </summary>
    /// <value>Default null: all rows are one series.</value>
    public string? GroupColumnName { get; init; }
}
