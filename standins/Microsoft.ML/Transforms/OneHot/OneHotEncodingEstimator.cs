using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Learns the values of columns and encodes each by a slot of its own.</summary>
public sealed class OneHotEncodingEstimator : IEstimator<OneHotEncodingTransformer>
{
    private readonly ValueToKeyMappingEstimator _toKey;
    private readonly KeyToVectorMappingEstimator _toVector;

    internal OneHotEncodingEstimator(IHostEnvironment env, InputOutputColumnPair[] columns, OutputKind outputKind,
        ValueToKeyMappingEstimator.Options options, IDataView keyData)
    {
        Contracts.CheckParam(Enum.IsDefined(outputKind), nameof(OutputKind));
        _toKey = new(env, columns, options, keyData);
        if (outputKind != OutputKind.Key)
            _toVector = new(env, [.. columns.Select(pair => pair.OutputColumnName)], outputKind);
    }

    /// <summary>The forms of the encoding.</summary>
    public enum OutputKind : byte
    {
        /// <summary>A vector that counts how often each value occurs.</summary>
        Bag = 1,

        /// <summary>A vector with a 1 in the slot of the value.</summary>
        Indicator = 2,

        /// <summary>The key of the value.</summary>
        Key = 3,

        /// <summary>The bits of the key of the value.</summary>
        Binary = 4,
    }

    /// <summary>Reads the data and learns the values.</summary>
    public OneHotEncodingTransformer Fit(IDataView input)
    {
        Contracts.CheckValue(input, nameof(input));
        ITransformer chain = _toVector == null
            ? new TransformerChain<ITransformer>(_toKey.Fit(input))
            : _toKey.Append(_toVector).Fit(input);
        return new(chain);
    }

    /// <summary>The shape of the output, or an exception if a column cannot be encoded.</summary>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        var keys = _toKey.GetOutputSchema(inputSchema);
        return _toVector == null ? keys : _toVector.GetOutputSchema(keys);
    }
}
