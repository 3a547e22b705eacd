using Google.Protobuf;
using MLNet.GradStability.OnnxFormat;
using static MLNet.GradStability.OnnxFormat.TensorProto.Types;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>An ONNX graph while it is written: rows come in as columns, and go out as columns.</summary>
internal sealed class OnnxGraph
{
    /// <summary>The version of the operators; 17 is the first with LayerNormalization, and read by onnxruntime 1.12 and later.</summary>
    public const int Opset = 17;

    // The version of the file format that came with that operator set.
    private const int IrVersion = 8;
    private const string Rows = "rows";

    // The operators beside the standard ones, for texts.
    private const string TextDomain = "ai.onnx.ml";
    private const int TextOpset = 2;
    private readonly GraphProto _graph = new() { Name = "MLNet.GradStability" };
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _notes = [];

    /// <summary>Keeps names for outputs, which nothing else may have.</summary>
    public void Reserve(IEnumerable<string> outputs) => _names.UnionWith(outputs);

    /// <summary>A column of rows that come in, <c>[rows, size]</c>; of the name once only.</summary>
    /// <exception cref="ArgumentException">An output has that name.</exception>
    public OnnxValue Input(string name, DataType type, long size)
    {
        if (_graph.Input.All(input => input.Name != name))
        {
            if (!_names.Add(name))
            {
                throw new ArgumentException($"SaveOnnx: an input column must not be named as an output is; \"{name}\" is both. Copy the column to another name before training.");
            }

            _graph.Input.Add(Info(name, type, [size]));
        }

        return new(name, 2);
    }

    /// <summary>A column that goes out, <c>[rows, …]</c>.</summary>
    public void Output(string name, DataType type, OnnxValue value, IReadOnlyList<long> sizes)
    {
        _graph.Output.Add(Info(name, type, sizes));
        _graph.Node.Add(new NodeProto { OpType = "Identity", Name = name, Input = { value.Name }, Output = { name } });
    }

    /// <summary>A note of the model, to be read as metadata.</summary>
    public void Note(string key, string value) => _notes[key] = value;

    /// <summary>Adds an operator with some outputs.</summary>
    public IReadOnlyList<OnnxValue> Node(string path, string type, IReadOnlyList<OnnxValue> inputs, int outputs, IEnumerable<AttributeProto> attributes)
    {
        var name = Unique(path.Length == 0 ? type : $"{path}/{type}");
        var node = new NodeProto { OpType = type, Name = name };
        node.Input.AddRange(inputs.Select(input => input.Name));
        node.Output.AddRange(Enumerable.Range(0, outputs).Select(i => i == 0 ? name : Unique($"{name}/{i}")));
        node.Attribute.AddRange(attributes);
        if (type == "LabelEncoder")
        {
            node.Domain = TextDomain;
        }

        _graph.Node.Add(node);
        return [.. node.Output.Select(output => new OnnxValue(output, inputs[0].Rank))];
    }

    /// <summary>A tensor of fixed numbers.</summary>
    public OnnxValue Constant(string name, Tensor numbers)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var type = numbers.dtype switch
        {
            ScalarType.Float32 => DataType.Float,
            ScalarType.Float64 => DataType.Double,
            ScalarType.Int64 => DataType.Int64,
            _ => throw new NotSupportedException($"SaveOnnx: {name} must be of type Float32, Float64 or Int64; it is {numbers.dtype}."),
        };
        var tensor = new TensorProto { Name = Unique(name), DataType = (int)type, RawData = ByteString.CopyFrom(numbers.detach().cpu().contiguous().bytes) };
        tensor.Dims.AddRange(numbers.shape);
        _graph.Initializer.Add(tensor);
        return new(tensor.Name, tensor.Dims.Count);
    }

    public ModelProto ToModel()
    {
        var model = new ModelProto
        {
            IrVersion = IrVersion,
            ProducerName = _graph.Name,
            ProducerVersion = typeof(OnnxGraph).Assembly.GetName().Version!.ToString(3),
            Graph = _graph,
        };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = string.Empty, Version = Opset });
        if (_graph.Node.Any(node => node.Domain == TextDomain))
        {
            model.OpsetImport.Add(new OperatorSetIdProto { Domain = TextDomain, Version = TextOpset });
        }

        model.MetadataProps.AddRange(_notes.Select(note => new StringStringEntryProto { Key = note.Key, Value = note.Value }));
        return model;
    }

    private static ValueInfoProto Info(string name, DataType type, IReadOnlyList<long> sizes)
    {
        var shape = new TensorShapeProto();
        shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimParam = Rows });
        shape.Dim.AddRange(sizes.Select(size => new TensorShapeProto.Types.Dimension { DimValue = size }));
        return new() { Name = name, Type = new() { TensorType = new() { ElemType = (int)type, Shape = shape } } };
    }

    private string Unique(string name)
    {
        var free = name;
        for (var i = 2; !_names.Add(free); i++)
        {
            free = FormattableString.Invariant($"{name}_{i}");
        }

        return free;
    }
}
