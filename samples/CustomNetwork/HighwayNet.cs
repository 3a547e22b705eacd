using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Samples.CustomNetwork;

/// <summary>A network of one's own: highway layers, which gate how much of their input passes unchanged (Srivastava et al. 2015, arXiv:1505.00387).</summary>
internal sealed class HighwayNet : Module<Tensor, Tensor>
{
    private readonly Module<Tensor, Tensor> _input;
    private readonly Module<Tensor, Tensor> _candidate;
    private readonly Module<Tensor, Tensor> _gate;
    private readonly Module<Tensor, Tensor> _output;

    public HighwayNet(int inputSize, int width, int outputSize)
        : base(nameof(HighwayNet))
    {
        (_input, _candidate, _gate, _output) = (Linear(inputSize, width), Linear(width, width), Linear(width, width), Linear(width, outputSize));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var hidden = functional.relu(_input.call(input));
        var gate = functional.sigmoid(_gate.call(hidden));
        hidden = (gate * functional.relu(_candidate.call(hidden))) + ((1 - gate) * hidden);
        return _output.call(hidden).MoveToOuterDisposeScope();
    }
}
