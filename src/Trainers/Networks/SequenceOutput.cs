namespace MLNet.GradStability;

/// <summary>What the output layer of <see cref="Network.Recurrent"/> sees of the states.</summary>
public enum SequenceOutput
{
    /// <summary>The state behind the last step: the first step for the direction that runs backwards.</summary>
    Last,

    /// <summary>The mean of the states over all steps.</summary>
    Mean,

    /// <summary>The states of all steps, one after the other.</summary>
    All,
}
