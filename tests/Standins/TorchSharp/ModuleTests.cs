using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNet.GradStability.Standins.Tests.TorchSharp;

public class ModuleTests
{
    [Fact]
    public void Fields_become_parts_under_their_names()
    {
        using var net = new Net();
        Assert.Equal(["scale", "first.weight", "first.bias", "rest.0.weight", "rest.0.bias"], net.named_parameters().Select(p => p.name));
        Assert.Equal(["offset"], net.named_buffers().Select(b => b.name));
        Assert.Equal(["first", "rest"], net.named_children().Select(c => c.name));
        Assert.Equal(["first", "rest", "rest.0", "rest.1"], net.named_modules().Select(m => m.name));
        Assert.Equal(["scale"], net.named_parameters(false).Select(p => p.name));
        Assert.Equal(5, net.parameters().Count());
        Assert.Equal("Net", net.GetName());
        Assert.Equal([2, 3], net.get_parameter("rest.0.weight")!.shape);
        Assert.NotNull(net.get_buffer("offset"));
        Assert.Null(net.get_parameter("none"));
        Assert.True(net.has_parameter("first.bias") && net.has_buffer("offset") && !net.has_parameter("offset"));
    }

    [Fact]
    public void Training_and_scoring_reach_the_modules_below()
    {
        using var net = new Net();
        Assert.True(net.training);
        net.train(false);
        Assert.False(net.training || net.First.training || net.Drop.training);
        net.train();
        Assert.True(net.training && net.First.training && net.Drop.training);
    }

    [Fact]
    public void Dropout_zeroes_and_scales_only_while_training()
    {
        torch.manual_seed(1);
        using var drop = nn.Dropout(0.25);
        using var x = torch.ones(1000);
        var values = drop.call(x).data<float>().ToArray();
        Assert.InRange(values.Count(v => v == 0), 180, 320);
        Assert.All(values, v => Assert.True(v == 0 || Math.Abs(v - 1 / 0.75f) < 1e-6));
        drop.eval();
        Assert.True(drop.call(x).Equals(x));
        using var channels = nn.Dropout2d(0.5);
        using var image = channels.call(torch.ones(20, 5, 2, 2));
        Assert.Equal(100, image.sum([2L, 3L]).eq(0).sum().item<long>() + image.sum([2L, 3L]).eq(8).sum().item<long>());
        using var alpha = nn.AlphaDropout(0.2);
        Assert.InRange(alpha.call(torch.randn(5000)).std().item<float>(), 0.9f, 1.1f);
    }

    [Fact]
    public void Gradients_go_or_become_zero()
    {
        using var net = nn.Linear(2, 1);
        net.call(torch.ones(3, 2)).sum().backward();
        net.zero_grad(false);
        Assert.Equal([0f, 0], net.weight!.grad!.data<float>().ToArray());
        net.zero_grad();
        Assert.Null(net.weight.grad);
        foreach (var p in net.parameters())
            p.requires_grad = false;
        Assert.False(net.call(torch.ones(3, 2)).requires_grad);
    }

    [Fact]
    public void Registering_twice_or_under_a_bad_name_is_refused()
    {
        using var net = new Net();
        Assert.Throws<InvalidOperationException>(() => net.register_module("first", nn.ReLU()));
        Assert.Throws<ArgumentException>(() => net.register_module("a.b", nn.ReLU()));
        Assert.Throws<InvalidOperationException>(() => net.register_buffer("offset", torch.ones(1)));
        Assert.Throws<InvalidOperationException>(() => net.register_parameter("scale", new Parameter(torch.ones(1))));
        Assert.Throws<ArgumentNullException>(() => net.register_parameter("other", null!));
        net.register_module("extra", nn.Linear(1, 1));
        Assert.Equal(7, net.parameters().Count());
    }

    [Fact]
    public void Hooks_see_and_replace_inputs_and_results()
    {
        using var net = nn.Linear(2, 1);
        var seen = 0;
        var before = net.register_forward_pre_hook((_, x) =>
        {
            seen++;
            return x * 0;
        });
        var after = net.register_forward_hook((_, _, y) => y + 100);
        Assert.Equal(net.bias!.item<float>() + 100, net.call(torch.ones(1, 2)).item<float>(), 4f);
        before.remove();
        after.remove();
        Assert.NotEqual(100, net.call(torch.ones(1, 2)).item<float>(), 30f);
        Assert.Equal(1, seen);
    }

    [Fact]
    public void Functions_reach_every_module()
    {
        using var net = new Net();
        var visited = new List<nn.Module>();
        net.apply(visited.Add);
        Assert.Equal(5, visited.Count);
        Assert.Same(net, visited[^1]);
    }

    [Fact]
    public void Another_element_type_makes_new_parameters_in_place_of_the_old()
    {
        using var net = new Net();
        net.First.weight!.grad = torch.ones(3, 4);
        Assert.Same(net, net.to(float64));
        Assert.All(net.parameters(), p => Assert.Equal(float64, p.dtype));
        Assert.Equal(float64, net.get_buffer("offset")!.dtype);
        Assert.Equal(float64, net.Scale.dtype);
        Assert.Equal(float64, net.First.weight!.grad!.dtype);
        Assert.Equal(float64, net.call(torch.ones(1, 4, dtype: float64)).dtype);
        Assert.Throws<ArgumentException>(() => net.to(int64));
        Assert.Same(net.Scale, net.to(CPU).Scale);
    }

    [Fact]
    public void Sequences_lists_and_dictionaries_hold_modules_under_names()
    {
        using var named = nn.Sequential(("in", nn.Linear(2, 3)), ("act", nn.ReLU()));
        named.append("out", nn.Linear(3, 1)).append(nn.Tanh());
        Assert.Equal(["in", "act", "out", "3"], named.named_children().Select(c => c.name));
        Assert.Equal(4, named.Count);
        Assert.IsType<Linear>(named[2]);
        Assert.Equal([5, 1], named.call(torch.ones(5, 2)).shape);

        using var holder = new Holder();
        Assert.Equal(["layers.0.weight", "layers.1.weight", "map.a.weight", "free.0"],
            holder.named_parameters().Select(p => p.name).Where(n => !n.EndsWith("bias")));
        Assert.Equal((2, 1, 1), (holder.Layers.Count, holder.Map.Count, holder.Free.Count));
    }

    [Fact]
    public void A_disposed_module_takes_its_parameters_along()
    {
        var net = new Net();
        var parameters = net.parameters().ToArray();
        net.Dispose();
        Assert.All(parameters, p => Assert.True(p.IsInvalid));
    }

    private sealed class Holder : nn.Module
    {
        private readonly ModuleList<Linear> layers = nn.ModuleList(nn.Linear(2, 2), nn.Linear(2, 2));
        private readonly ModuleDict<nn.Module> map = nn.ModuleDict<nn.Module>(("a", nn.Linear(2, 2)));
        private readonly ParameterList free = nn.ParameterList(new Parameter(torch.ones(1)));

        public Holder() : base("Holder") => RegisterComponents();

        public ModuleList<Linear> Layers => layers;

        public ModuleDict<nn.Module> Map => map;

        public ParameterList Free => free;
    }
}
