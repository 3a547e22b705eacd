using System.Text.Json;

namespace MLNet.GradStability;

/// <summary>Options as text, where they can be written; else the name of their type.</summary>
internal static class OptionText
{
    public static string Of<TOptions>(TOptions options)
    {
        try
        {
            return JsonSerializer.Serialize(options, Descriptions.Options);
        }
        catch (Exception e) when (e is NotSupportedException or InvalidOperationException or JsonException)
        {
            return typeof(TOptions).Name;
        }
    }
}
