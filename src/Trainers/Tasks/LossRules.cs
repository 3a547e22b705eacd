namespace MLNet.GradStability;

/// <summary>The rules across losses, class weights and the task; part of <see cref="OptionRules"/>.</summary>
internal static class LossRules
{
    /// <summary>What is broken, a sentence each.</summary>
    public static IEnumerable<string> Faults(NeuralNetworkOptions options, LabelRule label) =>
        label.HasClasses ? ClassificationFaults(options, isMulticlass: label == LabelRule.Key) : RegressionFaults(options);

    private static IEnumerable<string> ClassificationFaults(NeuralNetworkOptions options, bool isMulticlass)
    {
        if (options.RegressionLoss != new NeuralNetworkOptions().RegressionLoss)
        {
            yield return $"NeuralNetworkOptions: RegressionLoss must be left at its default in classification; got {options.RegressionLoss}. Leave it out and choose a ClassificationLoss, or use the regression trainer.";
        }

        if (options.ClassificationLoss is FocalLoss { Alpha: not null } focal)
        {
            if (isMulticlass)
            {
                yield return $"ClassificationLoss.Focal: alpha must be left out in multiclass, where no class is the true one; got {focal.Alpha.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)}. Set ClassWeights instead.";
            }
            else if (options.ClassWeights is not null)
            {
                yield return $"ClassificationLoss.Focal: alpha must be left out beside ClassWeights, which weigh true and false too; got {focal.Alpha.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)}. Leave one out.";
            }
        }
    }

    private static IEnumerable<string> RegressionFaults(NeuralNetworkOptions options)
    {
        if (options.ClassificationLoss is not CrossEntropyLoss)
        {
            yield return $"NeuralNetworkOptions: ClassificationLoss must be left at its default in regression; got {options.ClassificationLoss}. Leave it out and choose a RegressionLoss, or use a classification trainer.";
        }

        if (options.ClassWeights is not null)
        {
            yield return $"NeuralNetworkOptions: ClassWeights must be null in regression, which has no classes; got {options.ClassWeights}. Leave them out; to weigh rows, name an ExampleWeightColumnName.";
        }
    }
}
