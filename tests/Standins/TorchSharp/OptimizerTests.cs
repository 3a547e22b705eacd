using System.Text.Json;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNet.GradStability.Standins.Tests.TorchSharp;

/// <summary>Optimisers on a quadratic bowl against PyTorch's path.</summary>
public class OptimizerTests
{
    private static readonly Dictionary<string, Func<IEnumerable<Parameter>, optim.Optimizer>> Optimizers = new()
    {
        ["sgd"] = p => optim.SGD(p, 0.05),
        ["sgd_momentum"] = p => optim.SGD(p, 0.05, momentum: 0.9, weight_decay: 0.1),
        ["sgd_dampened"] = p => optim.SGD(p, 0.05, 0.8, 0.3),
        ["sgd_nesterov"] = p => optim.SGD(p, 0.05, 0.9, nesterov: true),
        ["sgd_maximize"] = p => optim.SGD(p, 0.05, maximize: true),
        ["adam"] = p => optim.Adam(p, 0.05),
        ["adam_decay"] = p => optim.Adam(p, 0.05, 0.8, 0.99, 1e-6, 0.1),
        ["adam_amsgrad"] = p => optim.Adam(p, 0.05, amsgrad: true),
    };

    public static IEnumerable<object[]> Names => Reference.Names("optimizers.json");

    [Theory]
    [MemberData(nameof(Names))]
    public void An_optimiser_takes_PyTorchs_path(string name)
    {
        var bowl = new Bowl(Reference.Read("optimizers.json").GetProperty(name), Optimizers[name]);
        var path = bowl.Case.GetProperty("path").EnumerateArray().ToArray();
        for (var (step, seen) = (0, 0); step < 12; step++)
        {
            bowl.Step();
            if (step is 0 or 1 or 5 or 11)
                bowl.AssertAt(path[seen++]);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void State_saved_and_loaded_goes_on_as_before(string name)
    {
        var reference = Reference.Read("optimizers.json").GetProperty(name);
        var (whole, halted) = (new Bowl(reference, Optimizers[name]), new Bowl(reference, Optimizers[name]));
        for (var step = 0; step < 12; step++)
            whole.Step();
        for (var step = 0; step < 6; step++)
            halted.Step();
        using var stream = new MemoryStream();
        ((OptimizerHelper)halted.Optimizer).save_state_dict(new BinaryWriter(stream));
        stream.Position = 0;

        var resumed = new Bowl(reference, Optimizers[name]);
        resumed.MoveTo(halted);
        ((OptimizerHelper)resumed.Optimizer).load_state_dict(new BinaryReader(stream));
        for (var step = 0; step < 6; step++)
            resumed.Step();
        Assert.Equal(whole.Values(), resumed.Values());
    }

    [Fact]
    public void Groups_have_options_of_their_own_and_rates_can_be_changed()
    {
        var fast = new Parameter(torch.ones(2));
        var slow = new Parameter(torch.ones(2));
        using var optimizer = optim.SGD([new SGD.ParamGroup([fast], new SGD.Options { LearningRate = 0.5 }),
            new SGD.ParamGroup { Parameters = [slow] }], 0.1);
        Assert.Equal([0.5, 0.1], optimizer.ParamGroups.Select(g => g.LearningRate));
        (fast.sum() + slow.sum()).backward();
        optimizer.step();
        Assert.Equal([0.5f, 0.5f], fast.data<float>().ToArray());
        Assert.Equal([0.9f, 0.9f], slow.data<float>().ToArray());
        foreach (var group in optimizer.ParamGroups)
            group.LearningRate = 0;
        optimizer.step();
        Assert.Equal([0.5f, 0.5f], fast.data<float>().ToArray());
        Assert.Equal([0.5, 0.1], optimizer.ParamGroups.Select(g => g.InitialLearningRate));
        Assert.Equal(2, optimizer.parameters().Count());
    }

    [Fact]
    public void Zeroing_keeps_the_gradients_memory_and_parameters_without_gradient_stay()
    {
        var (used, unused) = (new Parameter(torch.ones(2)), new Parameter(torch.ones(2)));
        using var optimizer = optim.Adam([used, unused], 0.1);
        var gradient = torch.zeros(2);
        used.grad = gradient;
        (used * 3).sum().backward();
        Assert.Equal([3f, 3f], gradient.data<float>().ToArray());
        optimizer.step();
        optimizer.zero_grad();
        Assert.Equal([0f, 0f], gradient.data<float>().ToArray());
        Assert.Null(unused.grad);
        Assert.Equal([1f, 1f], unused.data<float>().ToArray());
    }

    [Fact]
    public void A_closure_gives_the_loss()
    {
        var parameter = new Parameter(torch.ones(1));
        using var optimizer = optim.SGD([parameter], 0.25);
        using var loss = optimizer.step(() =>
        {
            optimizer.zero_grad();
            var value = (parameter * parameter).sum();
            value.backward();
            return value;
        });
        Assert.Equal(1f, loss!.item<float>());
        Assert.Equal(0.5f, parameter.item<float>());
    }

    [Fact]
    public void A_negative_rate_is_refused() =>
        Assert.Throws<ArgumentException>(() => optim.Adam([new Parameter(torch.ones(1))], -1));

    private sealed class Bowl
    {
        private readonly Parameter[] _parameters;
        private readonly Tensor[] _targets;

        public Bowl(JsonElement reference, Func<IEnumerable<Parameter>, optim.Optimizer> make)
        {
            Case = reference;
            _parameters = reference.GetProperty("start").EnumerateArray().Select(e => new Parameter(e.ToTensor())).ToArray();
            _targets = reference.GetProperty("targets").EnumerateArray().Select(e => e.ToTensor()).ToArray();
            Optimizer = make(_parameters);
        }

        public JsonElement Case { get; }

        public optim.Optimizer Optimizer { get; }

        public void Step()
        {
            using var scope = NewDisposeScope();
            Optimizer.zero_grad();
            for (var i = 0; i < _parameters.Length; i++)
                ((_parameters[i] - _targets[i]).square() * (1 + i)).sum().backward();
            Optimizer.step();
        }

        public void AssertAt(JsonElement place)
        {
            foreach (var (expected, parameter) in place.EnumerateArray().Zip(_parameters))
                Reference.Same(expected, parameter, 1e-5);
        }

        public void MoveTo(Bowl other)
        {
            using var off = no_grad();
            foreach (var (mine, theirs) in _parameters.Zip(other._parameters))
                mine.copy_(theirs);
        }

        public double[] Values() => _parameters.SelectMany(Reference.Numbers).ToArray();
    }
}
