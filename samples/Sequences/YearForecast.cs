using Microsoft.ML.Data;

namespace Samples.Sequences;

/// <summary>A year, and what is said of the next one.</summary>
internal sealed class YearForecast
{
    public float Number { get; set; }

    public float Sunspots { get; set; }

    /// <summary>Sunspots of the next year; NaN behind the last one.</summary>
    public float Next { get; set; }

    [ColumnName("Score")]
    public float Forecast { get; set; }
}
