using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNet.GradStability.Standins.Tests.TorchSharp;

public class AutogradTests
{
    [Fact]
    public void Backward_accumulates_into_leaves()
    {
        var x = torch.tensor(new float[] { 1, 2, 3 }).requires_grad_();
        (x * x).sum().backward();
        Assert.Equal([2f, 4, 6], x.grad!.data<float>().ToArray());
        (x * x).sum().backward();
        Assert.Equal([4f, 8, 12], x.grad!.data<float>().ToArray());
        Assert.True(x.is_leaf);
        Assert.False((x * 2).is_leaf);
        Assert.False(x.detach().requires_grad);
    }

    [Fact]
    public void A_gradient_set_before_keeps_its_memory()
    {
        using var flat = torch.zeros(5);
        var x = torch.ones(2).requires_grad_();
        x.grad = flat[1..3];
        (x * 3).sum().backward();
        Assert.Equal([0f, 3, 3, 0, 0], flat.data<float>().ToArray());
        x.grad = null;
        Assert.Null(x.grad);
    }

    [Fact]
    public void Grad_gives_gradients_of_gradients()
    {
        var x = torch.tensor(3.0).requires_grad_();
        var first = autograd.grad([x.pow(3)], [x], create_graph: true)[0];
        var second = autograd.grad([first], [x])[0];
        Assert.Equal(27, first.item<double>(), 12);
        Assert.Equal(18, second.item<double>(), 12);
        Assert.Null(x.grad);
    }

    [Fact]
    public void A_graph_goes_with_the_first_pass_unless_kept()
    {
        var x = torch.ones(1).requires_grad_();
        var y = (x * x).sum();
        autograd.backward(y, retain_graph: true);
        y.backward();
        Assert.Equal(4f, x.grad!.item<float>());
        Assert.Throws<ExternalException>(() => y.backward());
    }

    [Fact]
    public void A_vector_is_weighed_by_the_gradient_handed_in()
    {
        var x = torch.ones(2).requires_grad_();
        autograd.backward(x * 2, torch.tensor(new float[] { 1, 10 }));
        Assert.Equal([2f, 20], x.grad!.data<float>().ToArray());
    }

    [Fact]
    public void Modes_hold_until_disposed_and_only_on_their_thread()
    {
        var x = torch.ones(1).requires_grad_();
        using (no_grad())
        {
            Assert.False(is_grad_enabled());
            Assert.False((x * 2).requires_grad);
            Assert.True(Elsewhere.Run(is_grad_enabled));
            using (enable_grad())
                Assert.True((x * 2).requires_grad);
            using (set_grad_enabled(false))
                Assert.False(is_grad_enabled());
            Assert.False(is_grad_enabled());
        }
        Assert.True(is_grad_enabled());
        using (inference_mode())
        {
            Assert.True(is_inference_mode_enabled());
            Assert.False((x * 2).requires_grad);
        }
        Assert.False(is_inference_mode_enabled());
    }

    [Fact]
    public void A_middle_tensors_gradient_is_kept_on_request()
    {
        var x = torch.ones(1).requires_grad_();
        var y = x * 2;
        y.retain_grad();
        (y * 3).sum().backward();
        Assert.Equal(3f, y.grad!.item<float>());
    }

    [Fact]
    public void A_leaf_that_is_recorded_cannot_be_changed_in_place()
    {
        var x = torch.ones(1).requires_grad_();
        Assert.Throws<ExternalException>(() => x.add_(1));
        using (no_grad())
            x.add_(1);
        Assert.Equal(2f, x.item<float>());
    }

    [Fact]
    public void Anomalies_are_found_while_asked_to()
    {
        var x = torch.tensor(-1f).requires_grad_();
        using (autograd.detect_anomaly())
        {
            Assert.True(AnomalyMode.IsEnabled);
            Assert.Throws<ExternalException>(() => x.sqrt().backward());
        }
        Assert.False(AnomalyMode.IsEnabled);
        x.sqrt().backward();
        Assert.True(float.IsNaN(x.grad!.item<float>()));
    }

    [Fact]
    public void Gradients_are_clipped_together_or_each()
    {
        var (a, b) = (new Parameter(torch.zeros(2)), new Parameter(torch.zeros(1)));
        a.grad = torch.tensor(new float[] { 3, 0 });
        b.grad = torch.tensor(new float[] { 4 });
        Assert.Equal(5, nn.utils.clip_grad_norm_([a, b], 1), 5);
        Assert.Equal([0.6, 0, 0.8], Reference.Numbers(torch.cat([a.grad, b.grad])).Select(v => Math.Round(v, 5)));
        Assert.Equal(1, nn.utils.clip_grad_norm_([a, b], 2), 5);
        nn.utils.clip_grad_value_([a, b], 0.7);
        Assert.Equal([0.6, 0, 0.7], Reference.Numbers(torch.cat([a.grad, b.grad])).Select(v => Math.Round(v, 5)));
        Assert.Equal(3, nn.utils.parameters_to_vector([a, b]).numel());
    }
}
