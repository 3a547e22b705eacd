using MLNet.GradStability.OnnxFormat;
using static MLNet.GradStability.OnnxFormat.TensorProto.Types;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>The place of one module in an ONNX graph; its weights are named as they are in a state dictionary.</summary>
/// <param name="graph">The graph.</param>
/// <param name="path">The names of the modules around, from the network inwards, separated by dots.</param>
internal sealed class OnnxScope(OnnxGraph graph, string path = "")
{
    /// <summary>The place of the module, such as <c>layer1.0.conv1</c>.</summary>
    public string Path => path;

    /// <summary>The place of a part of the module.</summary>
    public OnnxScope In(string name) => new(graph, path.Length == 0 ? name : $"{path}.{name}");

    /// <summary>Adds an operator; its result has the rank of the first input.</summary>
    public OnnxValue Op(string type, IReadOnlyList<OnnxValue> inputs, params AttributeProto[] attributes) => graph.Node(path, type, inputs, 1, attributes)[0];

    /// <summary>Adds an operator with several results.</summary>
    public IReadOnlyList<OnnxValue> Ops(string type, IReadOnlyList<OnnxValue> inputs, int outputs, params AttributeProto[] attributes) => graph.Node(path, type, inputs, outputs, attributes);

    /// <summary>Fixed numbers of the module.</summary>
    public OnnxValue Weight(string name, Tensor numbers) => graph.Constant(path.Length == 0 ? name : $"{path}.{name}", numbers);

    /// <summary>A number of type Float32.</summary>
    public OnnxValue Single(double number)
    {
        using var value = tensor((float)number);
        return Weight("number", value);
    }

    /// <summary>Whole numbers, as a list.</summary>
    public OnnxValue Integers(params long[] numbers)
    {
        using var values = tensor(numbers);
        return Weight("integers", values);
    }

    /// <summary>A whole number.</summary>
    public OnnxValue Integer(long number)
    {
        using var value = tensor(number);
        return Weight("integer", value);
    }

    /// <summary>A number of type Float64.</summary>
    public OnnxValue Double(double number)
    {
        using var value = tensor(number);
        return Weight("number", value);
    }

    /// <summary>Numbers of type Float64, one a column.</summary>
    public OnnxValue Doubles(double[] numbers)
    {
        using var values = tensor(numbers);
        return Weight("numbers", values);
    }

    public OnnxValue Cast(OnnxValue value, DataType type) => Op("Cast", [value], OnnxAttribute.Integer("to", (long)type));

    public OnnxValue Transpose(OnnxValue value, params long[] order) => Op("Transpose", [value], OnnxAttribute.Integers("perm", order));

    /// <summary>Another shape; 0 keeps the size of that dimension, −1 is what is left.</summary>
    public OnnxValue Reshape(OnnxValue value, params long[] shape) => Op("Reshape", [value, Integers(shape)]) with { Rank = shape.Length };

    public OnnxValue Concat(IReadOnlyList<OnnxValue> values, int axis) => values.Count == 1 ? values[0] : Op("Concat", values, OnnxAttribute.Integer("axis", axis));

    /// <summary>What lies along a dimension from one place up to, and without, another.</summary>
    public OnnxValue Slice(OnnxValue value, int axis, long from, long to) => Op("Slice", [value, Integers(from), Integers(to), Integers(axis)]);

    /// <summary>What lies at one place of a dimension, which is no longer there; −1 is the last.</summary>
    public OnnxValue Select(OnnxValue value, int axis, long place) =>
        Op("Gather", [value, Integer(place)], OnnxAttribute.Integer("axis", axis)) with { Rank = value.Rank - 1 };

    /// <summary>The means over some dimensions, which are no longer there.</summary>
    public OnnxValue Mean(OnnxValue value, params long[] axes) =>
        Op("ReduceMean", [value], OnnxAttribute.Integers("axes", axes), OnnxAttribute.Integer("keepdims", 0)) with { Rank = value.Rank - axes.Length };

    /// <summary>All numbers of a row in one vector.</summary>
    public OnnxValue Flatten(OnnxValue value) => Op("Flatten", [value], OnnxAttribute.Integer("axis", 1)) with { Rank = 2 };

    /// <summary>(x − mean)/√(variance + ε)·weight + bias over the last dimension.</summary>
    public OnnxValue LayerNormalization(OnnxValue value, Tensor weight, Tensor bias, double epsilon) =>
        Op("LayerNormalization", [value, Weight("weight", weight), Weight("bias", bias)], OnnxAttribute.Integer("axis", -1), OnnxAttribute.Number("epsilon", epsilon));

    /// <summary>A whole number for each text; 0 for any text without one.</summary>
    public OnnxValue LabelEncoder(OnnxValue texts, IEnumerable<string> known, params long[] numbers) => Op(
        "LabelEncoder", [texts], OnnxAttribute.Texts("keys_strings", known), OnnxAttribute.Integers("values_int64s", numbers), OnnxAttribute.Integer("default_int64", 0));
}
