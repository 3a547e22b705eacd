using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>A finished run as a TensorBoard event file.</summary>
internal static class RunEventFile
{
    /// <param name="result">The run.</param>
    /// <param name="directory">Where the file is made.</param>
    public static void Write(TrainingResult result, string directory)
    {
        if (!MpiProcess.Writes)
        {
            return;
        }

        var writer = utils.tensorboard.SummaryWriter(directory);
        var scalars = new RunScalars(result.MetricName, result.FinalValidation is not null);
        if (result.InitialValidation is { } initial)
        {
            Add(0, scalars.OfStart(initial));
        }

        foreach (var span in result.Spans.Where(span => span.Finite > 0))
        {
            Add(span.First + span.Count, [.. RunScalars.OfStep(span.Loss.Mean, span.LearningRate, span.GradientNorm.Mean), ("gradient_norm/used", span.UsedNorm.Mean)]);
        }

        foreach (var epoch in result.Epochs)
        {
            Add(epoch.Steps, scalars.OfEpoch(epoch));
        }

        void Add(long step, (string Tag, double Value)[] values)
        {
            foreach (var (tag, value) in values)
            {
                writer.add_scalar(tag, (float)value, (int)Math.Min(step, int.MaxValue));
            }
        }
    }
}
