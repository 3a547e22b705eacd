using System.Text;

namespace MLNet.GradStability;

/// <summary>Names of code as words.</summary>
internal static class SpacedName
{
    /// <summary>ExplodingGradients as "Exploding gradients", batchSize as "Batch size", RMSE as it is.</summary>
    public static string Of(string name)
    {
        var text = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsUpper(name[i]) && char.IsLower(name[i - 1]))
            {
                text.Append(' ').Append(char.ToLowerInvariant(name[i]));
            }
            else
            {
                text.Append(i == 0 ? char.ToUpperInvariant(name[i]) : name[i]);
            }
        }

        return text.ToString();
    }
}
