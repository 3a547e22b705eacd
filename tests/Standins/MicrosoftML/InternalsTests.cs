using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace MLNet.GradStability.Standins.Tests;

/// <summary>The internal members that components outside ML.NET reach by reflection are where they are in the package.</summary>
public class InternalsTests
{
    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    [Fact]
    public void Catalogs_lead_to_their_environment()
    {
        var ml = new MLContext(seed: 1);
        var get = typeof(MLContext).Assembly.GetType("Microsoft.ML.Data.CatalogUtils")!.GetMethod("GetEnvironment", Any)!;
        object[] catalogs =
        [
            ml.BinaryClassification.Trainers, ml.MulticlassClassification.Trainers, ml.Regression.Trainers, ml.Regression,
            ml.Transforms, ml.Transforms.Conversion, ml.Data, ml.Model,
        ];
        Assert.All(catalogs, catalog =>
        {
            var environment = (IHostEnvironment)get.Invoke(null, [catalog])!;
            Assert.Same(ml.ComponentCatalog, environment.ComponentCatalog);
        });
    }

    [Fact]
    public void Shapes_of_columns_can_be_made()
    {
        var constructor = typeof(SchemaShape.Column).GetConstructors(Any).Single(c => c.GetParameters().Length == 5);
        SchemaShape.Column Make(DataViewType type, bool isKey) =>
            (SchemaShape.Column)constructor.Invoke(
                BindingFlags.DoNotWrapExceptions, null, ["C", SchemaShape.Column.VectorKind.Vector, type, isKey, null], null);
        var column = Make(NumberDataViewType.UInt32, true);
        Assert.Equal(("C", true, 0), (column.Name, column.IsKey, column.Annotations.Count));
        Assert.Throws<ArgumentOutOfRangeException>(() => Make(NumberDataViewType.Single, true));
        Assert.Throws<ArgumentOutOfRangeException>(() => Make(new KeyDataViewType(typeof(uint), 2), false));
        Assert.Single(new SchemaShape([column]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SchemaShape([default]));
    }

    [Fact]
    public void Trainer_infos_can_be_made()
    {
        var constructor = typeof(TrainerInfo).GetConstructors(Any).Single();
        Assert.Equal(
            ["normalization", "calibration", "caching", "supportValid", "supportIncrementalTrain", "supportTest"],
            constructor.GetParameters().Select(p => p.Name));
        var info = (TrainerInfo)constructor.Invoke([true, false, false, false, false, false]);
        Assert.True(info.NeedNormalization && !info.WantCaching);
    }
}
