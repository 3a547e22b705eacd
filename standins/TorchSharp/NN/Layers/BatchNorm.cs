using TorchSharp.Native;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>What the batch normalisations share: parameters and running statistics.</summary>
internal static class BatchNorm
{
    public static void Register(nn.Module module, long features, bool affine, bool track, Device? device, ScalarType? dtype)
    {
        if (affine)
        {
            module.register_parameter("weight", ones([features], dtype, device).AsParameter());
            module.register_parameter("bias", zeros([features], dtype, device).AsParameter());
        }
        if (!track)
            return;
        module.register_buffer("running_mean", zeros([features], dtype, device).DetachFromDisposeScope());
        module.register_buffer("running_var", ones([features], dtype, device).DetachFromDisposeScope());
        module.register_buffer("num_batches_tracked", zeros([], ScalarType.Int64, device).DetachFromDisposeScope());
    }

    /// <summary>A null momentum averages over all batches so far.</summary>
    public static Tensor Forward(nn.Module module, Tensor input, double? momentum, double eps)
    {
        var (mean, variance) = (module.OwnBuffer("running_mean"), module.OwnBuffer("running_var"));
        var rate = momentum ?? 0;
        if (module.training && module.OwnBuffer("num_batches_tracked") is { } batches)
        {
            batches.add_(1);
            rate = momentum ?? 1.0 / batches.ToInt64();
        }
        return Aten.Call("batch_norm", input, module.OwnOrNull("weight"), module.OwnOrNull("bias"), mean, variance,
            module.training || mean is null, rate, eps, true);
    }
}
