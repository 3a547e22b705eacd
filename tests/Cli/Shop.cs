using System.Globalization;
using System.Text;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNet.GradStability.Cli.Tests;

/// <summary>
/// A folder with a file as people have them, and a model trained on it: semicolons, decimal commas, a byte order mark, quoted texts with separators and line
/// breaks, missing numbers, texts and labels. What is bought depends on age and town.
/// </summary>
public sealed class Shop : IDisposable
{
    public const int Rows = 240;
    public const int Unlabelled = 3;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gradstab");

    public Shop()
    {
        var random = new Random(1);
        var text = new StringBuilder("customer;age;\"town\";spent;note;bought\n");
        for (var i = 1; i <= Rows; i++)
        {
            var age = random.Next(18, 80);
            var town = new[] { "Ulm", "Bad Urach; Württemberg", "Köln" }[random.Next(3)];
            var bought = age > 50 ? (town == "Ulm" ? "hat" : "coat") : "shoes";
            var spent = (random.NextDouble() * 100).ToString("F2", CultureInfo.InvariantCulture).Replace('.', ',');
            text.Append(CultureInfo.InvariantCulture, $"{i};{(i % 40 == 0 ? "NA" : age)};{(town.Contains(';', StringComparison.Ordinal) ? $"\"{town}\"" : town)};{spent};");
            text.Append(CultureInfo.InvariantCulture, $"\"said \"\"{i}\"\"\nand left\";{(i <= Unlabelled ? string.Empty : bought)}\n");
        }

        System.IO.File.WriteAllText(Data, text.ToString(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        Training = Gradstab.Run(Folder, "train", "shop.csv", "--label", "bought", "--ignore", "customer", "--network", "mlp:32", "--epochs", "40", "--rate", "0.01", "--threads", "1", "--out", "shop.zip");
    }

    public string Folder => _folder.FullName;

    public string Data => File("shop.csv");

    public string Model => File("shop.zip");

    internal Outcome Training { get; }

    /// <summary>What the model sees of the file, read by ML.NET itself.</summary>
    public IDataView Inputs(MLContext ml) => ml.Data.LoadFromTextFile(Data, new TextLoader.Options
    {
        Columns = [new("age", DataKind.Single, 1), new("town", DataKind.String, 2), new("spent", DataKind.Single, 3)],
        Separators = [';'],
        DecimalMarker = ',',
        HasHeader = true,
        AllowQuoting = true,
        ReadMultilines = true,
        MissingRealsAsNaNs = true,
    });

    public string File(string name) => Path.Combine(Folder, name);

    public void Dispose() => _folder.Delete(recursive: true);
}
