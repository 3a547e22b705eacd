namespace Samples.MixedColumns;

/// <summary>What a model says of a car.</summary>
internal sealed class Consumption
{
    /// <summary>Miles per gallon.</summary>
    public float Score { get; set; }
}
