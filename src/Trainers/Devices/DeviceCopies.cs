using TorchSharp;
using static TorchSharp.torch;

namespace MLNet.GradStability;

/// <summary>Brings what is made in the processor's memory to where it is used, without waiting for a GPU; on the processor nothing is copied.</summary>
internal static class DeviceCopies
{
    /// <summary>The tensor on a device; the original is disposed where that is a copy, which may be under way still. It passes through pinned memory, so that nobody waits.</summary>
    public static Tensor MovedTo(this Tensor tensor, Device device)
    {
        if (device.type == DeviceType.CPU)
        {
            return tensor;
        }

        using (tensor)
        {
            using var pinned = tensor.pin_memory();
            return pinned.to(device, non_blocking: true);
        }
    }

    /// <summary>The rows on a device, as <see cref="MovedTo(Tensor, Device)"/> moves tensors.</summary>
    public static Batch MovedTo(this Batch batch, Device device) => device.type == DeviceType.CPU ? batch : batch with
    {
        Features = batch.Features.MovedTo(device),
        Targets = batch.Targets.MovedTo(device),
        Weights = batch.Weights?.MovedTo(device),
        Mixed = batch.Mixed is { } other ? other with { Targets = other.Targets.MovedTo(device), Weights = other.Weights?.MovedTo(device) } : null,
    };

    /// <summary>Numbers where a tensor is.</summary>
    /// <param name="like">The tensor.</param>
    /// <param name="numbers">The numbers.</param>
    /// <param name="type">Their type; null for that of the tensor.</param>
    public static Tensor Numbers(this Tensor like, double[] numbers, ScalarType? type = null) => tensor(numbers, dtype: type ?? like.dtype).MovedTo(like.device);

    /// <summary>A single number, without dimensions, where a tensor is and of its type.</summary>
    public static Tensor Number(this Tensor like, double number) => full([], number, dtype: like.dtype, device: like.device);

    /// <summary>
    /// Random numbers where a tensor is and of its shape and type. They are drawn on the processor, since TorchSharp has no other generators: a seed draws
    /// the same ones for any device.
    /// </summary>
    /// <param name="like">The tensor.</param>
    /// <param name="draw">Fills a tensor in the processor's memory.</param>
    public static Tensor Drawn(this Tensor like, Action<Tensor> draw)
    {
        var numbers = empty_like(like, device: CPU, requires_grad: false);
        draw(numbers);
        return numbers.MovedTo(like.device);
    }
}
