using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNet.GradStability.Standins.Tests.TorchSharp;

/// <summary>A small module of every kind of part.</summary>
internal sealed class Net : nn.Module<Tensor, Tensor>
{
    // The names of the fields are the names of the parts.
    private readonly Linear first = nn.Linear(4, 3);
    private readonly Sequential rest;
    private readonly Dropout _drop = nn.Dropout();
    private readonly Parameter scale = new(torch.ones(1));
    private readonly Tensor offset = torch.zeros(2);

    public Net() : base(nameof(Net))
    {
        rest = nn.Sequential(nn.Linear(3, 2), _drop);
        register_parameter(nameof(scale), scale);
        register_module(nameof(first), first);
        register_module(nameof(rest), rest);
        register_buffer(nameof(offset), offset);
    }

    public Linear First => first;

    public Dropout Drop => _drop;

    public Parameter Scale => (Parameter)get_parameter(nameof(scale))!;

    public override Tensor forward(Tensor input)
    {
        using var hidden = first.call(input);
        using var output = rest.call(hidden);
        return output * Scale + get_buffer(nameof(offset))!;
    }
}
