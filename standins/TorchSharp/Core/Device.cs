namespace TorchSharp;

public static partial class torch
{
    /// <summary>The processor.</summary>
    public static readonly Device CPU = new(DeviceType.CPU);

    private static Device? _cuda;

    /// <summary>The current CUDA device.</summary>
    public static Device CUDA => _cuda ??= device(DeviceType.CUDA);

    /// <summary>From "cpu", "cuda" or "cuda:1".</summary>
    public static Device device(string description) => InitializeDevice(new Device(description));

    /// <summary>From a kind and a number.</summary>
    public static Device device(DeviceType deviceType, int index = -1) => InitializeDevice(new Device(deviceType, index));

    /// <summary>Makes sure that devices of the kind can be used.</summary>
    public static void InitializeDeviceType(DeviceType deviceType)
    {
        if (deviceType == DeviceType.CUDA && !cuda.is_available())
            throw new InvalidOperationException("Torch device type CUDA did not initialise on the current machine.");
    }

    /// <summary>Makes sure that the device can be used; null stands for the default.</summary>
    public static Device InitializeDevice(Device? device)
    {
        device ??= get_default_device();
        InitializeDeviceType(device.type);
        return device;
    }

    /// <summary>Where a tensor's data lives.</summary>
    public class Device
    {
        /// <summary>From "cpu", "cuda" or "cuda:1".</summary>
        public Device(string description)
        {
            var parts = description.Split(':');
            type = Parse(parts[0]);
            if (parts.Length == 2)
                index = int.Parse(parts[1]);
        }

        /// <summary>From a kind and a number.</summary>
        public Device(string deviceType, int index = -1) : this(Parse(deviceType), index)
        {
        }

        /// <summary>From a kind and a number.</summary>
        public Device(DeviceType deviceType, int index = -1) => (type, this.index) = (deviceType, index);

        /// <summary>The kind.</summary>
        public DeviceType type { get; }

        /// <summary>The number among its kind, -1 where it is not given.</summary>
        public int index { get; } = -1;

        /// <summary>From a description.</summary>
        public static implicit operator Device(string description) => new(description);

        /// <summary>The description.</summary>
        public override string ToString()
        {
            var kind = type.ToString().ToLowerInvariant();
            return type == DeviceType.CPU || index == -1 ? kind : $"{kind}:{index}";
        }

        private static DeviceType Parse(string name) => Enum.Parse<DeviceType>(name.ToUpperInvariant());
    }
}
