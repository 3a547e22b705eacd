namespace MLNet.GradStability;

/// <summary>A part of a report under a heading.</summary>
internal interface IReportSection
{
    /// <summary>The heading.</summary>
    string Title { get; }

    /// <summary>Whether there is nothing to tell; the part is then left out.</summary>
    bool IsEmpty { get; }

    /// <summary>Writes what stands under the heading.</summary>
    void Write(Markup markup);
}
