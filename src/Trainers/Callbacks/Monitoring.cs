namespace MLNet.GradStability;

/// <summary>What the members of <see cref="Monitored"/> stand for.</summary>
internal static class Monitoring
{
    public static bool NeedsValidation(this Monitored monitor) => monitor is Monitored.ValidationLoss or Monitored.ValidationMetric;

    public static bool IsHigherBetter(this Monitored monitor, MonitorMode mode, bool higherMetricIsBetter) => mode switch
    {
        MonitorMode.Min => false,
        MonitorMode.Max => true,
        _ => higherMetricIsBetter && monitor is Monitored.ValidationMetric or Monitored.TrainingMetric,
    };

    public static double Of(this EpochRecord epoch, Monitored monitor) => monitor switch
    {
        Monitored.TrainingLoss => epoch.Loss,
        Monitored.TrainingMetric => epoch.Metric,
        Monitored.ValidationLoss => epoch.ValidationLoss,
        _ => epoch.ValidationMetric,
    };

    public static string Words(this Monitored monitor, string metricName) => monitor switch
    {
        Monitored.ValidationLoss => "validation loss",
        Monitored.ValidationMetric => "validation " + metricName,
        Monitored.TrainingLoss => "training loss",
        _ => "training " + metricName,
    };
}
