namespace MLNet.GradStability;

/// <summary>How likely the values of a parameter are, estimated from some.</summary>
internal interface IDensity
{
    double Draw(Random random);

    double Log(double value);
}
