using Microsoft.ML;
using Microsoft.ML.Transforms;

namespace MLNet.GradStability;

/// <summary>A fitted pipeline as an ONNX model sees it: steps in front of one network.</summary>
internal static class OnnxPipeline
{
    /// <exception cref="ArgumentException">It does not hold one network.</exception>
    /// <exception cref="NotSupportedException">Something other than the labels' names follows the network.</exception>
    public static (IReadOnlyList<ITransformer> Preparation, NeuralNetworkTransformer Network) Split(ITransformer model)
    {
        var steps = Flat(model).ToList();
        if (steps.OfType<NeuralNetworkTransformer>().Count() != 1)
        {
            throw new ArgumentException($"SaveOnnx: the model must hold one network; it holds {steps.OfType<NeuralNetworkTransformer>().Count()}. Save each network by itself with its Model.SaveOnnx.");
        }

        var place = steps.FindIndex(step => step is NeuralNetworkTransformer);
        if (steps.Skip(place + 1).FirstOrDefault(step => step is not KeyToValueMappingTransformer) is { } behind)
        {
            throw new NotSupportedException($"SaveOnnx: nothing but MapKeyToValue may follow the network; {behind.GetType().Name} does. Leave it out, and do it on the scores.");
        }

        return (steps[..place], (NeuralNetworkTransformer)steps[place]);
    }

    private static IEnumerable<ITransformer> Flat(ITransformer model) => model is IEnumerable<ITransformer> chain ? chain.SelectMany(Flat) : [model];
}
