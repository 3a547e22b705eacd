namespace MLNet.GradStability.Tests.Devices;

/// <summary>What happens around a fit: checkpoints, model files, the search for a rate, and how often the device is waited for.</summary>
internal static class GpuRunCases
{
    public static IReadOnlyDictionary<string, Func<int?, double[]>> All { get; } = new Dictionary<string, Func<int?, double[]>>
    {
        ["resumed"] = Resumed,
        ["rate search"] = RateSearch,
        ["model file"] = ModelFile,
        ["started from a trained network"] = Started,
        ["exported"] = Exported,
        ["waits"] = Waits,
    };

    private static double[] Resumed(int? gpu)
    {
        using var folder = new TemporaryFolder();
        var fit = new CheckpointedFit { Gpu = gpu };
        var whole = fit.Run();
        fit.Run(new Checkpointing(folder.Path) { EverySteps = 1 }, cancelAfter: 7);
        var resumed = fit.Run(new Checkpointing(folder.Path));
        Support.AssertClose(whole.Weights, resumed.Weights, GpuProgram.IsSimulated ? 0 : 1e-5);
        return [.. resumed.Weights, resumed.Result.Steps];
    }

    private static double[] RateSearch(int? gpu)
    {
        var ml = GpuFits.Context(gpu);
        var curve = ml.MulticlassClassification.Trainers.NeuralNetwork(GpuFits.Base with { ValidationFraction = 0 }).FindLearningRate(GpuFits.Rows(ml, 16), 1e-5, 1e-2, 12);
        return [.. curve.Points.Select(point => point.Loss)];
    }

    /// <summary>A model trained on either scores alike on both.</summary>
    private static double[] ModelFile(int? gpu)
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(Directory.CreateDirectory(folder.Path).FullName, "model.zip");
        var ml = GpuFits.Context(gpu);
        var rows = GpuFits.Rows(ml, 16);
        using (var model = ml.MulticlassClassification.Trainers.NeuralNetwork(GpuFits.Base).Fit(rows))
        {
            ml.Model.SaveSafely(model, rows.Schema, file);
        }

        return [.. Score(null), .. Score(0)];

        double[] Score(int? other)
        {
            var fresh = GpuFits.Context(other);
            using var loaded = (NeuralNetworkTransformer)fresh.Model.LoadSafely(file, out _);
            Assert.Equal(other is null ? "cpu" : "cuda:0", $"{ComputeDevice.Of(loaded.Model.Module)}");
            return [.. GpuFits.Weights(loaded), .. GpuFits.Scores(fresh, loaded.Transform(GpuFits.Rows(fresh, 16)))];
        }
    }

    private static double[] Started(int? gpu)
    {
        var ml = GpuFits.Context(gpu);
        var rows = GpuFits.Rows(ml, 16);
        using var first = ml.MulticlassClassification.Trainers.NeuralNetwork(GpuFits.Base).Fit(rows);
        using var second = ml.MulticlassClassification.Trainers.NeuralNetwork(GpuFits.Base with { StartFrom = StartingWeights.FromModel(first) }).Fit(rows);
        return GpuFits.Outcome(ml, second, rows);
    }

    private static double[] Exported(int? gpu)
    {
        var ml = GpuFits.Context(gpu);
        using var model = ml.MulticlassClassification.Trainers.NeuralNetwork(GpuFits.Base with { Network = Network.Mlp([6], weightNormalization: WeightNormalization.Spectral()) }).Fit(GpuFits.Rows(ml, 16));
        using var onnx = new MemoryStream();
        using var safetensors = new MemoryStream();
        model.Model.SaveOnnx(onnx);
        model.Model.SaveSafetensors(safetensors);
        return [onnx.Length, safetensors.Length];
    }

    /// <summary>Steps more cost as many waits more, one each, and epochs more one each, for the metric: whatever the options.</summary>
    private static double[] Waits(int? gpu)
    {
        if (gpu is null || !GpuProgram.IsSimulated)
        {
            return [0];
        }

        var options = GpuFits.Base with
        {
            ValidationFraction = 0,
            DiagnosisEvery = null,
            ClassWeights = ClassWeights.Balanced(),
            ExampleWeightColumnName = "Weight",
            AccumulationSteps = 2,
            BatchSize = 8,
            Regularizer = Regularizer.L1(1e-4).And(Regularizer.Orthogonality(1e-4)),
            Gradients = GradientTransform.Centralise().Then(GradientTransform.Noise(1e-4)).Then(GradientTransform.AdaGc()),
            Constraint = Constraint.MaxNorm(3),
            Averaging = WeightAveraging.Ema(0.9),
        };
        var (few, many) = (Count(options with { Epochs = 4 }), Count(options with { Epochs = 8 }));
        return [many.Waits - few.Waits - (many.Steps - few.Steps) - 4];

        (long Waits, long Steps) Count(NeuralNetworkOptions chosen)
        {
            var (first, last, steps) = (0L, 0L, 0L);
            var counting = Callback.On(stepEnded: (_, step) =>
            {
                first = step.Step == 1 ? GpuProgram.Waits : first;
                (last, steps) = (GpuProgram.Waits, step.Step);
            });
            GpuFits.Fit(gpu, chosen with { Callbacks = [counting] });
            return (last - first, steps);
        }
    }
}
