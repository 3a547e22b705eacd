using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability.Tests.Onnx;

/// <summary>Reads columns of a view: as onnxruntime takes them in, and as numbers to compare with what it puts out.</summary>
internal static class Columns
{
    /// <summary>The numbers of all rows, and the dimensions of one value: truth values as 0 and 1, keys as they are.</summary>
    public static (double[] Values, int[] Shape) Read(IDataView view, string name)
    {
        var type = view.Schema[name].Type;
        var item = (type as VectorDataViewType)?.ItemType ?? type;
        double[] values = item.RawType switch
        {
            var raw when raw == typeof(bool) => Values<bool>(view, name, value => value ? 1 : 0),
            var raw when raw == typeof(uint) => Values<uint>(view, name, value => value),
            var raw when raw == typeof(byte) => Values<byte>(view, name, value => value),
            _ => Values<float>(view, name, value => value),
        };
        return (values, type is VectorDataViewType vector ? [.. vector.Dimensions] : [1]);
    }

    /// <summary>The inputs of an exported network: texts as they are, keys as uint32, numbers as Single.</summary>
    public static Dictionary<string, Array> Inputs(IDataView view, IEnumerable<string> names) => names.ToDictionary(name => name, name =>
    {
        var type = view.Schema[name].Type;
        if (type is TextDataViewType)
        {
            return view.GetColumn<string>(name).ToArray();
        }

        var values = Read(view, name).Values;
        return ((type as VectorDataViewType)?.ItemType ?? type) is KeyDataViewType
            ? (Array)Array.ConvertAll(values, value => (uint)value)
            : Array.ConvertAll(values, value => (float)value);
    });

    private static double[] Values<T>(IDataView view, string name, Func<T, double> convert) => view.Schema[name].Type is VectorDataViewType
        ? [.. view.GetColumn<VBuffer<T>>(name).SelectMany(value => value.DenseValues().ToArray()).Select(convert)]
        : [.. view.GetColumn<T>(name).Select(convert)];
}
