using System.Text;

namespace Microsoft.ML.Data;

/// <summary>Lays a confusion matrix out as ML.NET prints it.</summary>
internal static class ConfusionTableText
{
    public static string Format(ConfusionMatrix matrix)
    {
        int classes = matrix.NumberOfClasses;
        var names = matrix.ClassNames;
        int cell = classes == 2 ? 8 : 5;
        int longest = names.Max(n => n.Length);
        // Names too long for the column heads give way to class numbers there, repeated in front of the row names.
        bool numbered = longest > cell;
        int digits = numbered ? Math.Max(classes - 1, 0).ToString().Length : 0;
        int head = Math.Max("PREDICTED".Length, numbered ? longest + digits + 2 : longest);
        string pad = new(' ', head - "PREDICTED".Length);
        string rule = string.Concat(Enumerable.Repeat(classes > 2 ? "========" : "===========", classes));

        var text = new StringBuilder();
        if (classes == 2 && matrix.IsBinary)
            text.Append(PositiveRatio(matrix));
        text.AppendLine();
        text.AppendLine("Confusion table");
        text.AppendLine($"          {pad}||{rule}");
        text.Append($"PREDICTED {pad}||");
        for (int c = 0; c < classes; c++)
            text.Append($" {(numbered ? c.ToString() : names[c].ToString()).PadLeft(cell)} |");
        text.AppendLine(" Recall");
        text.AppendLine($"TRUTH     {pad}||{rule}");
        for (int row = 0; row < classes; row++)
        {
            text.Append(numbered
                ? $"{row.ToString().PadLeft(digits)}. {names[row].ToString().PadLeft(head - digits - 2)} ||"
                : $"{names[row].ToString().PadLeft(head)} ||");
            foreach (double count in matrix.Counts[row])
                text.Append($" {count.ToString("N0").PadLeft(cell)} |");
            text.AppendLine($" {matrix.PerClassRecall[row],5:F4}");
        }
        text.AppendLine($"          {pad}||{rule}");
        text.Append($"Precision {pad}||");
        foreach (double precision in matrix.PerClassPrecision)
            text.Append($"{precision.ToString("N4").PadLeft(cell + 1)} |");
        return text.AppendLine().ToString();
    }

    private static string PositiveRatio(ConfusionMatrix matrix)
    {
        double positives = matrix.Counts[0].Sum(), negatives = matrix.Counts[1].Sum();
        string name = matrix.ClassNames[0].ToString().ToUpper();
        return $"TEST {name} RATIO:\t{positives / (positives + negatives):N4} ({positives:F1}/({positives:F1}+{negatives:F1}))";
    }
}
