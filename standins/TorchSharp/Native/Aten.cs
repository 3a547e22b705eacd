using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Native;

/// <summary>Calls ATen operators by name ("add.Tensor"). Names must be literals: they are looked up by reference.</summary>
internal static unsafe class Aten
{
    private const int ScratchWords = 64;

    public static Tensor Call(string op, params ReadOnlySpan<Arg> arguments)
    {
        Value result;
        Invoke(op, arguments, &result, 1);
        return ToTensor(result);
    }

    public static (Tensor, Tensor) Call2(string op, params ReadOnlySpan<Arg> arguments)
    {
        var results = stackalloc Value[2];
        Invoke(op, arguments, results, 2);
        return (ToTensor(results[0]), ToTensor(results[1]));
    }

    public static (Tensor, Tensor, Tensor) Call3(string op, params ReadOnlySpan<Arg> arguments)
    {
        var results = stackalloc Value[3];
        Invoke(op, arguments, results, 3);
        return (ToTensor(results[0]), ToTensor(results[1]), ToTensor(results[2]));
    }

    public static Tensor[] CallList(string op, params ReadOnlySpan<Arg> arguments)
    {
        Value result;
        Invoke(op, arguments, &result, 1);
        var handles = new ReadOnlySpan<nint>((void*)result.Payload, result.Size);
        var tensors = new Tensor[handles.Length];
        for (var i = 0; i < tensors.Length; i++)
            tensors[i] = new Tensor(handles[i]);
        return tensors;
    }

    /// <summary>Calls an operator for a number or a truth value.</summary>
    public static long CallInt(string op, params ReadOnlySpan<Arg> arguments)
    {
        Value result;
        Invoke(op, arguments, &result, 1);
        return result.Payload;
    }

    public static Value CallScalar(string op, params ReadOnlySpan<Arg> arguments)
    {
        Value result;
        Invoke(op, arguments, &result, 1);
        return result;
    }

    /// <summary>Calls an operator for its effect.</summary>
    public static void Run(string op, params ReadOnlySpan<Arg> arguments) => Invoke(op, arguments, null, 0);

    private static Tensor ToTensor(Value value) => value.Tag == Tag.Tensor ? new Tensor((nint)value.Payload) : null!;

    [SkipLocalsInit]
    private static void Invoke(string op, ReadOnlySpan<Arg> arguments, Value* results, int resultCount)
    {
        var handle = OperatorTable.Find(op);
        var words = 0;
        foreach (ref readonly var argument in arguments)
            words += argument.Words;
        var large = words > ScratchWords ? GC.AllocateUninitializedArray<long>(words, pinned: true) : null;
        var small = stackalloc long[ScratchWords];
        var scratch = large is null ? small : (long*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(large));
        var values = stackalloc Value[arguments.Length];
        for (var i = 0; i < arguments.Length; i++)
            values[i] = ToValue(in arguments[i], ref scratch);
        var code = Shim.shim_call(handle, values, arguments.Length, results, resultCount);
        foreach (ref readonly var argument in arguments)
            GC.KeepAlive(argument.Object);
        GC.KeepAlive(large);
        Shim.Check(code);
    }

    private static Value ToValue(in Arg argument, ref long* scratch)
    {
        var value = new Value { Tag = argument.Tag, Payload = argument.Payload };
        switch (argument.Object)
        {
            case long[] integers:
                integers.CopyTo(new Span<long>(scratch, integers.Length));
                break;
            case double[] numbers:
                numbers.CopyTo(new Span<double>(scratch, numbers.Length));
                break;
            case Tensor?[] tensors:
                for (var i = 0; i < tensors.Length; i++)
                    scratch[i] = tensors[i] is { } tensor ? tensor.Handle : 0;
                break;
            case Device device:
                value.Size = device.index;
                return value;
            case byte[] text:
                value.Size = text.Length;
                value.Payload = (long)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(text));
                return value;
            default:
                return value;
        }
        value.Size = argument.Words;
        value.Payload = (long)scratch;
        scratch += value.Size;
        return value;
    }
}
