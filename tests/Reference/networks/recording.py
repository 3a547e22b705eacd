"""What the scripts here write down of a network."""
import torch


def numbers(tensor):
    return tensor.detach().double().flatten().tolist()


def record(kind, net, inputs, rows=5, spectral=False, dtype=torch.float32, draw=torch.randn):
    """Draws everything in single precision and computes in dtype: deep networks want torch.float64, where the order of sums does not show."""
    def rename(name):
        if spectral:
            return name.replace("weight_orig", "weight")
        return name.replace("weight_g", "magnitude").replace("weight_v", "weight")

    def state(named):
        return {rename(n): numbers(t) for n, t in named if t.is_floating_point()}

    start = {**state(net.named_parameters()), **state(net.named_buffers())}
    x = draw(rows, inputs).to(dtype)
    net.to(dtype).train()
    y = net(x)
    y.square().mean().backward()
    gradients = {rename(n): numbers(p.grad) for n, p in net.named_parameters()}
    after = state(net.named_buffers())
    net.eval()
    fresh = draw(3, inputs).to(dtype)
    return {
        "kind": kind,
        "double": dtype == torch.float64,
        "inputs": inputs,
        "outputs": y.shape[1],
        "start": start,
        "input": x.tolist(),
        "training_output": numbers(y),
        "gradients": gradients,
        "buffers_after": after,
        "fresh_input": fresh.tolist(),
        "evaluation_output": numbers(net(fresh)),
    }
