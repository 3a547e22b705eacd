using Microsoft.ML.Data;
using OutputKind = Microsoft.ML.Transforms.OneHotEncodingEstimator.OutputKind;

namespace Microsoft.ML.Transforms;

/// <summary>The annotations of vectors made from keys: slot names, ranges and whether they are normalised.</summary>
internal static class KeyVectorAnnotations
{
    public static DataViewSchema.Annotations Of(DataViewSchema.Column source, OutputKind kind, int block)
    {
        var annotations = new DataViewSchema.Annotations.Builder();
        bool isOne = source.Type is not VectorDataViewType;
        int values = source.Type.GetValueCount();
        if (KeyNamesOrNull(source) is { } keys)
        {
            string[] names = kind == OutputKind.Binary ? [.. Enumerable.Range(1, block).Select(i => $"Bit{block - i}")] : keys;
            if (kind == OutputKind.Bag || isOne)
                annotations.AddSlotNames(names);
            else if (values > 0)
                AddBlockNames(annotations, source, names, values);
        }
        if (kind == OutputKind.Indicator && values > 0)
            CategoricalRanges.Add(annotations, values, block);
        if (kind == OutputKind.Indicator || isOne)
            annotations.AddPrimitiveValue(AnnotationUtils.Kinds.IsNormalized, BooleanDataViewType.Instance, true);
        return annotations.ToAnnotations();
    }

    private static string[] KeyNamesOrNull(DataViewSchema.Column source)
    {
        if (!source.HasKeyValues(TextDataViewType.Instance))
            return null;
        VBuffer<ReadOnlyMemory<char>> values = default;
        source.GetKeyValues(ref values);
        return (ulong)values.Length == source.Type.GetItemType().GetKeyCount() ? [.. values.DenseValues().Select(v => v.ToString())] : null;
    }

    // A slot of the source, by its name or its number, and the key: "Colour.red" or "[0].red".
    private static void AddBlockNames(DataViewSchema.Annotations.Builder annotations, DataViewSchema.Column source, string[] names,
        int values)
    {
        string[] slots = source.SlotNamesOrNull() ?? Enumerable.Repeat("", values).ToArray();
        ReadOnlyMemory<char>[] joined =
            [.. slots.SelectMany((slot, i) => names.Select(name => $"{(slot.Length == 0 ? $"[{i}]" : slot)}.{name}".AsMemory()))];
        annotations.Add(AnnotationUtils.Kinds.SlotNames, new VectorDataViewType(TextDataViewType.Instance, values, names.Length),
            AnnotationUtils.VectorGetter(joined));
    }
}
