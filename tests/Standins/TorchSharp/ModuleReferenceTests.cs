using System.Text.Json;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNet.GradStability.Standins.Tests.TorchSharp;

/// <summary>Forward and backward passes of modules against PyTorch's for the same parameters.</summary>
public class ModuleReferenceTests
{
    private static readonly Dictionary<string, Func<nn.Module>> Modules = new()
    {
        ["linear"] = () => nn.Linear(4, 3),
        ["linear_no_bias"] = () => nn.Linear(4, 3, false),
        ["conv1d"] = () => nn.Conv1d(4, 2, 2, 1, 1),
        ["conv2d"] = () => nn.Conv2d(3, 4, 3, 2, 1),
        ["conv2d_groups"] = () => nn.Conv2d(3, 6, 2, groups: 3, bias: false),
        ["conv2d_circular"] = () => nn.Conv2d(3, 2, 3, 1, 1, padding_mode: PaddingModes.Circular),
        ["max_pool1d"] = () => nn.MaxPool1d(2),
        ["max_pool2d"] = () => nn.MaxPool2d(2),
        ["avg_pool2d"] = () => nn.AvgPool2d(2, 1, 1),
        ["adaptive_avg_pool2d"] = () => nn.AdaptiveAvgPool2d([2, 2]),
        ["adaptive_max_pool2d"] = () => nn.AdaptiveMaxPool2d([2, 2]),
        ["batch_norm1d"] = () => nn.BatchNorm1d(4),
        ["batch_norm1d_eval"] = () => nn.BatchNorm1d(4),
        ["batch_norm2d"] = () => nn.BatchNorm2d(3),
        ["layer_norm"] = () => nn.LayerNorm(4),
        ["group_norm"] = () => nn.GroupNorm(3, 3),
        ["flatten"] = () => nn.Flatten(),
        ["unflatten"] = () => nn.Unflatten(1, [2, 2]),
        ["embedding"] = () => nn.Embedding(6, 3),
        ["rnn_tanh"] = () => nn.RNN(3, 2, 2, batchFirst: true),
        ["rnn_relu"] = () => nn.RNN(3, 2, nonLinearity: nn.NonLinearities.ReLU),
        ["gru"] = () => nn.GRU(3, 2, bidirectional: true, batchFirst: true),
        ["lstm"] = () => nn.LSTM(3, 2, 2, batchFirst: true),
        ["sequential"] = () => nn.Sequential(nn.Linear(4, 3), nn.Tanh(), nn.Linear(3, 2)),
    };

    public static IEnumerable<object[]> Names => Reference.Names("modules.json");

    [Theory]
    [MemberData(nameof(Names))]
    public void A_module_gives_PyTorchs_output_and_gradients(string name)
    {
        var reference = Reference.Read("modules.json").GetProperty(name);
        var numbers = name == "embedding";
        using var module = Modules[name]();
        Load(module, reference.GetProperty("state"));
        if (name.EndsWith("_eval"))
            module.eval();
        var input = reference.GetProperty("input").ToTensor(numbers ? ScalarType.Int64 : ScalarType.Float32);
        if (!numbers)
            input.requires_grad_();
        var output = Forward(module, input);
        Reference.Same(reference.GetProperty("output"), output, 1e-5);

        (output * torch.arange(1, output.numel() + 1).view_as(output)).sum().backward();
        if (!numbers)
            Reference.Same(reference.GetProperty("input_grad"), input.grad!, 1e-4);
        foreach (var (key, parameter) in module.named_parameters())
            Reference.Same(reference.GetProperty("grads").GetProperty(key), parameter.grad!, 1e-4);
        foreach (var (key, buffer) in module.named_buffers())
            Reference.Same(reference.GetProperty("buffers").GetProperty(key), buffer, 1e-5);
    }

    private static void Load(nn.Module module, JsonElement state)
    {
        var values = module.state_dict().ToDictionary(pair => pair.Key, pair => state.GetProperty(pair.Key).ToTensor(pair.Value.dtype));
        Assert.Equal(state.EnumerateObject().Select(p => p.Name).Order(), values.Keys.Order());
        module.load_state_dict(values);
    }

    private static Tensor Forward(nn.Module module, Tensor input) => module switch
    {
        RNN recurrent => recurrent.call(input).Item1,
        GRU recurrent => recurrent.call(input).Item1,
        LSTM recurrent => recurrent.call(input).Item1,
        _ => ((nn.Module<Tensor, Tensor>)module).call(input),
    };
}
