using System.Globalization;

namespace MLNet.GradStability;

/// <summary>Range checks of options: the message says what must hold, what was given and what to do.</summary>
internal static class Require
{
    /// <summary>Returns <paramref name="value"/> when it is finite and greater than 0.</summary>
    public static double Positive(double value, string owner, string name, string remedy) =>
        That(double.IsFinite(value) && value > 0, value, owner, name, "be finite and greater than 0", remedy);

    /// <summary>Returns <paramref name="value"/> when it is finite and 0 or greater.</summary>
    public static double NotNegative(double value, string owner, string name, string remedy) =>
        That(double.IsFinite(value) && value >= 0, value, owner, name, "be finite and 0 or greater", remedy);

    /// <summary>Returns <paramref name="value"/> when it is finite.</summary>
    public static double Finite(double value, string owner, string name, string remedy) =>
        That(double.IsFinite(value), value, owner, name, "be finite", remedy);

    /// <summary>Returns <paramref name="value"/> when 0 ≤ value &lt; 1.</summary>
    public static double Fraction(double value, string owner, string name, string remedy) =>
        That(value is >= 0 and < 1, value, owner, name, "be at least 0 and below 1", remedy);

    /// <summary>Returns <paramref name="value"/> when it is 1 or greater.</summary>
    public static int AtLeastOne(int value, string owner, string name, string remedy) =>
        That(value >= 1, value, owner, name, "be 1 or greater", remedy);

    /// <summary>Returns <paramref name="value"/> when it is 0 or greater.</summary>
    public static int NotNegative(int value, string owner, string name, string remedy) =>
        That(value >= 0, value, owner, name, "be 0 or greater", remedy);

    /// <summary>Returns <paramref name="value"/> when <paramref name="holds"/>, and throws otherwise.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rule does not hold.</exception>
    public static T That<T>(bool holds, T value, string owner, string name, string rule, string remedy) => holds
        ? value
        : throw new ArgumentOutOfRangeException(name, Message(value, owner, name, rule, remedy));

    /// <summary>Returns <paramref name="value"/> when it is not null.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public static T NotNull<T>(T? value, string owner, string name, string remedy)
        where T : class =>
        value ?? throw new ArgumentNullException(name, Message("null", owner, name, "be given", remedy));

    /// <summary>Returns <paramref name="value"/> when it holds more than white space.</summary>
    /// <exception cref="ArgumentException">The text is null, empty or blank.</exception>
    public static string Text(string? value, string owner, string name, string remedy) =>
        string.IsNullOrWhiteSpace(value)
            ? throw new ArgumentException(Message(value is null ? "null" : $"\"{value}\"", owner, name, "not be empty", remedy), name)
            : value;

    private static string Message<T>(T value, string owner, string name, string rule, string remedy) =>
        string.Create(CultureInfo.InvariantCulture, $"{owner}: {name} must {rule}; got {value}. {remedy}");
}
