using System.CommandLine;
using MLNet.GradStability;

namespace Samples.Cli;

/// <summary>The options that say which rows take no part in the training, and what they decide.</summary>
internal sealed class ValidationFlags
{
    private readonly Option<double?> _validation = Flags.Number("--validation", "Share of the rows to validate with during training. Default: 0.1; 0 for none.");
    private readonly Option<double?> _test = Flags.Number("--test-fraction", "Share of the rows held out to measure the trained network on. Default: 0.2; 0 for none.");
    private readonly Option<int?> _earlyStopping = Flags.Integer("--early-stopping", "End after so many epochs in which the validation loss did not improve, and go back to the best. Default: all epochs are trained.");

    public void AddTo(Command command)
    {
        command.Add(_validation);
        command.Add(_test);
        command.Add(_earlyStopping);
    }

    /// <summary>The options with validation and early stopping.</summary>
    public NeuralNetworkOptions Apply(ParseResult command, NeuralNetworkOptions options) => options with
    {
        ValidationFraction = command.GetValue(_validation) ?? 0.1,
        EarlyStopping = command.GetValue(_earlyStopping) is { } patience ? new EarlyStopping(patience: patience) : null,
    };

    /// <exception cref="CliException">It is no share.</exception>
    public double TestFraction(ParseResult command)
    {
        var fraction = command.GetValue(_test) ?? 0.2;
        return fraction is >= 0 and < 1
            ? fraction
            : throw CliException.Usage(FormattableString.Invariant($"--test-fraction must be at least 0 and below 1; got {fraction}. Usual values are 0.1 to 0.3; 0 trains on all rows."));
    }
}
