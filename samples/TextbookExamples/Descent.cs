using MLNet.GradStability;
using TorchSharp;
using static TorchSharp.torch;

namespace Samples.TextbookExamples;

/// <summary>One step: the weight and its gradient before the step, the gradient after clipping, the rate, and the weight after the step.</summary>
internal sealed record Step(int Index, double Before, double Gradient, double Clipped, double Rate, double After);

/// <summary>Plain gradient descent on one number, in a training loop of one's own that uses the library's clips, penalties and schedules.</summary>
internal static class Descent
{
    /// <summary>Minimises the mean of loss(w · input), from a given start.</summary>
    public static List<Step> Run(float start, float input, Func<Tensor, Tensor> loss, int steps, Schedule rate, GradientTransform? gradients = null, Regularizer? regularizer = null)
    {
        using var model = nn.Linear(1, 1, hasBias: false);
        using var parameters = ParameterSet.Of(model);
        using var clip = gradients?.Bind(parameters);
        var penalty = regularizer?.Bind(parameters);
        using var optimizer = optim.SGD(model.parameters(), rate.RateAt(0, steps));
        using var random = new Generator(1);
        using var x = full([1, 1], input);
        parameters.Segments[0].Value.fill_(start);
        var result = new List<Step>();
        for (var i = 0; i < steps; i++)
        {
            using var scope = NewDisposeScope();
            parameters.ZeroGradients();
            loss(model.call(x)).sum().backward();
            penalty?.AddGradient();
            var (before, gradient) = (Number(parameters.Values), Number(parameters.Gradients));
            clip?.Apply(new GradientStep(parameters, i, random));
            foreach (var group in optimizer.ParamGroups)
            {
                group.LearningRate = rate.RateAt(i, steps);
            }

            optimizer.step();
            result.Add(new(i + 1, before, gradient, Number(parameters.Gradients), rate.RateAt(i, steps), Number(parameters.Values)));
        }

        return result;
    }

    private static double Number(IReadOnlyList<Tensor> flat) => flat[0].to(ScalarType.Float64).ToDouble();
}
