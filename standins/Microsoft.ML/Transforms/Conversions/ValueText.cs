using System.Globalization;
using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Values as the text of key-value annotations.</summary>
internal static class ValueText
{
    public static string Of<T>(T value, PrimitiveDataViewType type)
    {
        if (type is KeyDataViewType)
            return (Convert.ToUInt64(value) - 1).ToString(CultureInfo.InvariantCulture);
        return value switch
        {
            float number => float.IsNaN(number) ? "?" : number.ToString("R", CultureInfo.InvariantCulture),
            double number => double.IsNaN(number) ? "?" : number.ToString("G17", CultureInfo.InvariantCulture),
            bool flag => flag ? "1" : "0",
            TimeSpan span => span.ToString("c"),
            DateTime time => time.ToString("o"),
            DateTimeOffset time => time.ToString("o"),
            _ => value.ToString(),
        };
    }
}
