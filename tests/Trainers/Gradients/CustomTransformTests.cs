using Microsoft.ML;

namespace MLNet.GradStability.Tests;

/// <summary>A gradient transform of a user's own: trained with, saved and loaded by the name of its kind.</summary>
public sealed class CustomTransformTests : IDisposable
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.zip");

    [Fact]
    public void A_registered_kind_is_saved_and_loaded_with_the_model()
    {
        Descriptions.Register<Halving>();
        var data = Samples.RingsView(_ml);
        var model = Train(data, new Halving(3).Then(GradientTransform.ClipByNorm(1)));

        _ml.Model.SaveSafely(model, data.Schema, _path);
        var loaded = (NeuralNetworkTransformer)_ml.Model.LoadSafely(_path, out _);

        Assert.Equal(model.Model.Options.Gradients, loaded.Model.Options.Gradients);
    }

    [Fact]
    public void A_kind_that_is_not_registered_trains_but_is_not_saved_and_the_error_says_what_to_do()
    {
        var data = Samples.RingsView(_ml);
        var model = Train(data, new Unregistered());

        var error = Assert.Throws<NotSupportedException>(() => _ml.Model.SaveSafely(model, data.Schema, _path));

        Assert.StartsWith("A description can be written only when every kind in it is registered: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(Unregistered), error.Message, StringComparison.Ordinal);
        Assert.EndsWith("Mark a type of your own with [DescriptionKind(\"name\")] and call Descriptions.Register<…>() for it when the program starts.", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_path));
    }

    [Fact]
    public void Reading_a_kind_that_is_not_registered_says_what_to_do()
    {
        var error = Assert.Throws<FormatException>(() => Descriptions.FromJson<GradientTransform>("{\"kind\":\"unregistered\"}"));

        Assert.Contains("unregistered", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("If it uses a kind of your own, call Descriptions.Register<…>() for it first.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_gradients_are_what_the_optimiser_steps_on()
    {
        using var gradients = TestGradients.Line(2);
        gradients.Set(8, -16);

        Assert.Equal([1, -2], gradients.Apply(new Halving(3))[0]);
    }

    [Fact]
    [Trait("Row", "R17")]
    public void Its_state_is_restored_with_the_run()
    {
        using var run = new SmallRun(Optimizer.Sgd(0.01), GradientTransform.ClipByNorm(1).Then(new Fading())).Steps(0, 4);
        using var snapshot = new StateSnapshot();
        snapshot.Capture(run.Exchange);
        var last = run.Steps(4, 8).Weights;
        using var fresh = new SmallRun(Optimizer.Sgd(0.01), GradientTransform.ClipByNorm(1).Then(new Fading()));

        snapshot.Restore(fresh.Exchange);

        Assert.Equal(last, fresh.Steps(4, 8).Weights);
    }

    public void Dispose() => File.Delete(_path);

    private NeuralNetworkTransformer Train(IDataView data, GradientTransform gradients) =>
        _ml.MulticlassClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions { LabelColumnName = "Ring", Epochs = 1, Gradients = gradients }).Fit(data);

    [DescriptionKind("test-halving")]
    internal sealed record Halving(int Times) : GradientTransform
    {
        public override BoundGradientTransform Bind(ParameterSet parameters) => new Bound(Times, parameters);

        private sealed class Bound(int times, ParameterSet parameters) : BoundGradientTransform
        {
            public override void Apply(GradientStep step) => parameters.ScaleGradients(Math.Pow(0.5, times));
        }
    }

    [DescriptionKind("unregistered")]
    internal sealed record Unregistered : GradientTransform
    {
        public override BoundGradientTransform Bind(ParameterSet parameters) => GradientTransform.Centralise().Bind(parameters);
    }

    internal sealed record Fading : GradientTransform
    {
        public override BoundGradientTransform Bind(ParameterSet parameters) => new Bound(parameters);

        private sealed class Bound(ParameterSet parameters) : BoundGradientTransform
        {
            private int _steps;

            public override void Apply(GradientStep step) => parameters.ScaleGradients(1.0 / ++_steps);

            public override void Exchange(RunState state) => state.Exchange("steps", ref _steps);
        }
    }
}
