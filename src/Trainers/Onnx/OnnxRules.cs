using System.Runtime.CompilerServices;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNet.GradStability;

/// <summary>How modules become ONNX operators: own ones know it themselves, of TorchSharp's own it is told here.</summary>
internal static class OnnxRules
{
    // TorchSharp 0.102 does not tell a stride, a slope or an ε of its modules: they are noted where the module is made.
    private static readonly ConditionalWeakTable<Module, Rule> Noted = [];

    /// <summary>Adds what a module computes, and returns the result.</summary>
    public delegate OnnxValue Rule(OnnxScope scope, OnnxValue input);

    /// <summary>Notes how a module of TorchSharp's is exported.</summary>
    public static Module<Tensor, Tensor> ExportedAs(this Module<Tensor, Tensor> module, Rule rule)
    {
        Noted.Add(module, rule);
        return module;
    }

    /// <summary>Exports a module in its place.</summary>
    /// <exception cref="NotSupportedException">There is no rule for the module.</exception>
    public static OnnxValue Export(Module<Tensor, Tensor> module, OnnxScope scope, OnnxValue input) => module switch
    {
        IOnnxLayer layer => layer.Export(scope, input),
        Linear linear => Linear(scope, input, ParameterOf(linear, "weight")!, ParameterOf(linear, "bias")),
        _ when Noted.TryGetValue(module, out var rule) => rule(scope, input),
        _ => throw new NotSupportedException(
            $"SaveOnnx: layers must be the library's own; {(scope.Path.Length == 0 ? "the network" : $"\"{scope.Path}\"")} is the module {module.GetType().Name}, whose ONNX operators are not known. Save the weights with SaveSafetensors, and export them from a program that has the module."),
    };

    /// <summary>A parameter of a module; null where it has none of that name.</summary>
    public static Tensor? ParameterOf(Module module, string name) => module.named_parameters().FirstOrDefault(named => named.Item1 == name).Item2;

    /// <summary>x·Wᵀ + b; x may be of any rank.</summary>
    public static OnnxValue Linear(OnnxScope scope, OnnxValue input, Tensor weight, Tensor? bias)
    {
        if (input.Rank == 2)
        {
            OnnxValue[] inputs = bias is null ? [input, scope.Weight("weight", weight)] : [input, scope.Weight("weight", weight), scope.Weight("bias", bias)];
            return scope.Op("Gemm", inputs, OnnxAttribute.Integer("transB", 1));
        }

        var product = scope.Op("MatMul", [input, scope.Transpose(scope.Weight("weight", weight), 1, 0)]);
        return bias is null ? product : scope.Op("Add", [product, scope.Weight("bias", bias)]);
    }
}
