namespace Microsoft.ML.SearchSpace;

/// <summary>Searches a number between two bounds.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property, Inherited = false)]
public sealed class RangeAttribute : Attribute
{
    /// <summary>A range of integers.</summary>
    public RangeAttribute(int min, int max, bool logBase = false)
        : this((object)min, max, null, logBase)
    {
    }

    /// <summary>A range of integers with a first value.</summary>
    public RangeAttribute(int min, int max, int init, bool logBase = false)
        : this((object)min, max, init, logBase)
    {
    }

    /// <summary>A range of numbers.</summary>
    public RangeAttribute(float min, float max, bool logBase = false)
        : this((object)min, max, null, logBase)
    {
    }

    /// <summary>A range of numbers with a first value.</summary>
    public RangeAttribute(float min, float max, float init, bool logBase = false)
        : this((object)min, max, init, logBase)
    {
    }

    /// <summary>A range of numbers.</summary>
    public RangeAttribute(double min, double max, bool logBase = false)
        : this((object)min, max, null, logBase)
    {
    }

    /// <summary>A range of numbers with a first value.</summary>
    public RangeAttribute(double min, double max, double init, bool logBase = false)
        : this((object)min, max, init, logBase)
    {
    }

    private RangeAttribute(object min, object max, object init, bool logBase)
    {
        Min = min;
        Max = max;
        Init = init;
        LogBase = logBase;
    }

    /// <summary>The lower bound.</summary>
    public object Min { get; }

    /// <summary>The upper bound.</summary>
    public object Max { get; }

    /// <summary>The first value to try, or null.</summary>
    public object Init { get; }

    /// <summary>Whether to search the logarithm.</summary>
    public bool LogBase { get; }
}

/// <summary>Searches one of several values.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property, Inherited = false)]
public sealed class ChoiceAttribute : Attribute
{
    /// <summary>A choice of candidates.</summary>
    public ChoiceAttribute(params object[] candidates) => Candidates = candidates;

    /// <summary>A choice of candidates with a first value.</summary>
    public ChoiceAttribute(object[] candidates, object defaultValue)
    {
        Candidates = candidates;
        DefaultValue = defaultValue;
    }

    /// <summary>The candidates.</summary>
    public object[] Candidates { get; }

    /// <summary>The first value to try, or null.</summary>
    public object DefaultValue { get; }
}

/// <summary>Searches true or false.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property, Inherited = false)]
public sealed class BooleanChoiceAttribute : Attribute
{
    /// <summary>Both, true first.</summary>
    public BooleanChoiceAttribute()
        : this(true)
    {
    }

    /// <summary>Both, with the one to try first.</summary>
    public BooleanChoiceAttribute(bool defaultValue) => DefaultValue = defaultValue;

    /// <summary>The value to try first.</summary>
    public bool DefaultValue { get; }
}

/// <summary>Searches the options of a class within.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property, Inherited = false)]
public sealed class NestOptionAttribute : Attribute
{
}
