using System.Globalization;
using System.Numerics;
using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>The conversions between item types that ML.NET allows.</summary>
internal static class StandardConversions
{
    private static readonly Type[] Signed = [typeof(sbyte), typeof(short), typeof(int), typeof(long)];
    private static readonly Type[] Unsigned = [typeof(byte), typeof(ushort), typeof(uint), typeof(ulong)];
    private static readonly Type[] Real = [typeof(float), typeof(double)];
    private static readonly Type[] Times = [typeof(TimeSpan), typeof(DateTime), typeof(DateTimeOffset)];

    /// <summary>A Func from the one raw type to the other, or null where there is no conversion.</summary>
    public static Delegate FindOrNull(DataViewType source, DataViewType target)
    {
        Type from = source.RawType, to = target.RawType;
        if (source is KeyDataViewType || target is KeyDataViewType)
            return KeyOrNull(source, target);
        if (to == typeof(ReadOnlyMemory<char>))
            return Make(ToText<int>, from);
        if (from == typeof(ReadOnlyMemory<char>))
            return to == typeof(DataViewRowId) ? null : Make(Parse<int>, to);
        if (to == typeof(bool))
            return from == typeof(bool) ? (bool flag) => flag : IsNumber(from) ? Make(ToBoolean<int>, from) : null;
        if (from == typeof(bool))
            return Signed.Contains(to) || Real.Contains(to) ? Make(FromBoolean<int>, to) : null;
        if (Times.Contains(from))
            return TimeOrNull(from, to);
        bool allowed = Real.Contains(to) ? IsNumber(from) : (Signed.Contains(from) && Signed.Contains(to))
            || (Unsigned.Contains(from) && Unsigned.Contains(to));
        return allowed ? Make(Number<int, int>, from, to) : null;
    }

    private static Delegate KeyOrNull(DataViewType source, DataViewType target)
    {
        if (source is not KeyDataViewType)
            return null;
        bool fits = target is KeyDataViewType ? source.GetKeyCount() == target.GetKeyCount()
            : KeyDataViewType.IsValidDataType(target.RawType) && source.GetKeyCount() <= target.RawType.ToMaxInt();
        return fits ? Make(Number<int, int>, source.RawType, target.RawType) : null;
    }

    private static Delegate TimeOrNull(Type from, Type to)
    {
        if (from == typeof(DateTime) && to == from)
            return (DateTime time) => time;
        return to == typeof(long) || Real.Contains(to) ? Make(Ticks<TimeSpan, long>, from, to) : null;
    }

    private static Delegate Make(Func<Delegate> maker, params Type[] types) => GenericMethods.Invoke<Delegate>(maker, types);

    private static bool IsNumber(Type type) => Signed.Contains(type) || Unsigned.Contains(type) || Real.Contains(type);

    // Unsigned integers that do not fit become 0, signed ones are cut off.
    private static Delegate Number<TFrom, TTo>()
        where TFrom : INumber<TFrom>
        where TTo : INumber<TTo> => (TFrom value) =>
        {
            TTo number = TTo.CreateTruncating(value);
            return Unsigned.Contains(typeof(TTo)) && TFrom.CreateTruncating(number) != value ? TTo.Zero : number;
        };

    private static Delegate ToBoolean<T>()
        where T : INumber<T> => (T value) => value != T.Zero;

    private static Delegate FromBoolean<T>()
        where T : INumber<T> => (bool value) => value ? T.One : T.Zero;

    private static Delegate Ticks<TTime, T>()
        where T : INumber<T> => (TTime time) => T.CreateTruncating(time switch
        {
            TimeSpan span => span.Ticks,
            DateTime date => date.Ticks,
            DateTimeOffset zoned => zoned.UtcTicks,
            _ => 0,
        });

    private static Delegate Parse<T>() => (ReadOnlyMemory<char> text) =>
    {
        bool read = TextParsing.TryParse(text, out T value);
        Contracts.Check(read || !Signed.Contains(typeof(T)), $"Value could not be parsed from text to {typeof(T).Name}.");
        return value;
    };

    private static Delegate ToText<T>() => (T value) => (value switch
    {
        ReadOnlyMemory<char> text => text.ToString(),
        float number => number.ToString("G7", CultureInfo.InvariantCulture),
        double number => number.ToString("G17", CultureInfo.InvariantCulture),
        TimeSpan span => span.ToString("c"),
        DateTime time => time.ToString("o"),
        DateTimeOffset time => time.ToString("o"),
        _ => value.ToString(),
    }).AsMemory();
}
