using System.Reflection;
using TorchSharp.Modules;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            internal Module Move(ScalarType? dtype, Device? device)
            {
                if (dtype is { } type && !type.IsFloatingPoint() && !type.IsComplex())
                    throw new ArgumentException($"nn.Module.to only accepts floating point or complex types, but got desired dtype={dtype}");
                if (device is not null)
                    InitializeDeviceType(device.type);
                foreach (var (_, module) in _submodules)
                    module.Move(dtype, device);
                foreach (var (name, parameter) in _parameters.ToList())
                    MoveParameter(name, parameter, dtype, device);
                foreach (var (name, buffer) in _buffers.ToList())
                {
                    var (wanted, place) = Target(buffer.Tensor, dtype, device);
                    if (!WillCopy(buffer.Tensor, wanted, place))
                        continue;
                    var moved = buffer.Tensor.to(wanted, place, disposeAfter: true).DetachFromDisposeScope();
                    _buffers[name] = (moved, buffer.Persistent);
                    SetField(name, moved);
                }
                return this;
            }

            /// <summary>A parameter that must be copied becomes a new one, with its gradient.</summary>
            private void MoveParameter(string name, Parameter parameter, ScalarType? dtype, Device? device)
            {
                var (wanted, place) = Target(parameter, dtype, device);
                if (!WillCopy(parameter, wanted, place))
                    return;
                using var off = no_grad();
                using var gradient = parameter.grad;
                var moved = new Parameter(parameter.to(wanted, place), parameter.requires_grad);
                moved.DetachFromDisposeScope();
                using var movedGradient = gradient?.to(wanted, place);
                if (movedGradient is not null)
                    moved.grad = movedGradient;
                parameter.Dispose();
                _parameters[name] = moved;
                SetField(name, moved);
            }

            private static (ScalarType Type, Device Place) Target(Tensor tensor, ScalarType? dtype, Device? device)
            {
                var convertible = tensor.is_floating_point() || tensor.dtype.IsComplex();
                return (convertible ? dtype ?? tensor.dtype : tensor.dtype, device ?? tensor.device);
            }

            private static bool WillCopy(Tensor tensor, ScalarType type, Device place) =>
                tensor.dtype != type || tensor.device_type != place.type || (place.index >= 0 && tensor.device_index != place.index);

            private void SetField(string name, Tensor value)
            {
                foreach (var field in GetType().GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance))
                {
                    if ((field.GetCustomAttribute<ComponentNameAttribute>()?.Name ?? field.Name) == name)
                        field.SetValue(this, value);
                }
            }
        }
    }
}

/// <summary>Moves modules to other element types and devices.</summary>
public static class ModuleExtensionMethods
{
    /// <summary>To an element type.</summary>
    public static T to<T>(this T module, torch.ScalarType type, bool non_blocking = false) where T : torch.nn.Module =>
        (T)module.Move(type, null);

    /// <summary>To a device.</summary>
    public static T to<T>(this T module, torch.Device device, bool non_blocking = false) where T : torch.nn.Module =>
        (T)module.Move(null, device);

    /// <summary>To a device and an element type.</summary>
    public static T to<T>(this T module, torch.Device device, torch.ScalarType type, bool non_blocking = false)
        where T : torch.nn.Module =>
        (T)module.Move(type, device);

    /// <summary>To a device.</summary>
    public static T to<T>(this T module, string device, bool non_blocking = false) where T : torch.nn.Module =>
        (T)module.Move(null, new torch.Device(device));

    /// <summary>To the CPU.</summary>
    public static T cpu<T>(this T module, bool non_blocking = false) where T : torch.nn.Module => (T)module.Move(null, torch.CPU);

    /// <summary>To a CUDA device.</summary>
    public static T cuda<T>(this T module, int deviceIndex = -1, bool non_blocking = false) where T : torch.nn.Module =>
        (T)module.Move(null, new torch.Device(DeviceType.CUDA, deviceIndex));

    /// <summary>To 32-bit floating point.</summary>
    public static T @float<T>(this T module, bool non_blocking = false) where T : torch.nn.Module =>
        module.to(torch.ScalarType.Float32);

    /// <summary>To 64-bit floating point.</summary>
    public static T @double<T>(this T module, bool non_blocking = false) where T : torch.nn.Module =>
        module.to(torch.ScalarType.Float64);
}
