"""Weight files for the readers and writers of src/Trainers/Persistence, made without them.

    /usr/bin/python3 make_weights.py            writes the files beside this script
    /usr/bin/python3 make_weights.py FILE…      checks safetensors files by the rules of the format and prints what is in them

The safetensors format is that of github.com/huggingface/safetensors, whose Python package Debian 12 does not have: 8 bytes length of the header, little-endian;
the header, JSON that starts with {, padded with spaces; then the numbers of all tensors, in the order of their data_offsets and without gaps. The reference
implementation writes larger number types first, then by name, and pads the header to 8 bytes. SPECIFIED is an example of its own tests, byte by byte.

A state file of TorchSharp's Module.save: LEB128 number of tensors; for each the name (7-bit length, UTF-8), LEB128 torch's code of the type, LEB128
number of dimensions, LEB128 sizes, the numbers.
"""
import json
import os
import struct
import sys

import numpy
import torch

HERE = os.path.dirname(os.path.abspath(__file__))
ORDER = ["BOOL", "U8", "F16", "BF16", "I32", "F32", "F64", "I64"]
SIZES = dict(zip(ORDER, [1, 1, 2, 2, 4, 4, 8, 8]))
TYPES = {
    torch.bool: "BOOL", torch.uint8: "U8", torch.float16: "F16", torch.bfloat16: "BF16",
    torch.int32: "I32", torch.float32: "F32", torch.float64: "F64", torch.int64: "I64",
}
CODES = {
    torch.uint8: 0, torch.int32: 3, torch.int64: 4, torch.float16: 5, torch.float32: 6, torch.float64: 7, torch.bool: 11, torch.bfloat16: 15,
}
SPECIFIED = (
    bytes([64, 0, 0, 0, 0, 0, 0, 0]) + b'{"attn.0":{"dtype":"F32","shape":[1,2,3],"data_offsets":[0,24]}}' + struct.pack("<6f", 0, 1, 2, 3, 4, 5)
)


def raw(tensor):
    tensor = tensor.detach().contiguous()
    return (tensor.view(torch.int16) if tensor.dtype == torch.bfloat16 else tensor).numpy().tobytes()


def safetensors(tensors, metadata=None, pad=True, order=lambda item: (-ORDER.index(TYPES[item[1].dtype]), item[0])):
    header, data = ({"__metadata__": metadata} if metadata else {}), b""
    for name, tensor in sorted(tensors.items(), key=order):
        part = raw(tensor)
        header[name] = {"dtype": TYPES[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(part)]}
        data += part
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8 if pad else 0)
    return struct.pack("<Q", len(text)) + text + data


def leb128(number):
    parts = []
    while True:
        number, part = number >> 7, number & 0x7F
        parts.append(part | (0x80 if number else 0))
        if not number:
            return bytes(parts)


def state(tensors):
    file = leb128(len(tensors))
    for name, tensor in tensors.items():
        file += leb128(len(name.encode())) + name.encode() + leb128(CODES[tensor.dtype]) + leb128(tensor.dim())
        file += b"".join(leb128(size) for size in tensor.shape) + raw(tensor)
    return file


def check(path):
    """Reads a file by the rules, and raises where it breaks one."""
    with open(path, "rb") as file:
        content = file.read()
    (length,) = struct.unpack("<Q", content[:8])
    assert 2 <= length <= 100_000_000 and 8 + length <= len(content), "length of the header"
    assert content[8:9] == b"{" and length % 8 == 0, "start and padding of the header"

    def unique(pairs):
        names = [name for name, _ in pairs]
        assert len(names) == len(set(names)), "names that are there twice"
        return dict(pairs)

    header = json.loads(content[8:8 + length].decode(), object_pairs_hook=unique)
    metadata = header.pop("__metadata__", {})
    assert all(isinstance(text, str) for text in metadata.values()), "metadata that is not text"
    place, found = 0, {}
    for name, entry in sorted(header.items(), key=lambda item: item[1]["data_offsets"]):
        assert set(entry) == {"dtype", "shape", "data_offsets"}, name
        start, end = entry["data_offsets"]
        assert start == place and end - start == SIZES[entry["dtype"]] * int(numpy.prod(entry["shape"], dtype=object)), name
        numbers = content[8 + length + start:8 + length + end]
        values = numpy.frombuffer(numbers, "<f4") if entry["dtype"] == "F32" else None
        found[name] = {**entry, "sum": None if values is None else float(values.astype("f8").sum())}
        place = end
    assert 8 + length + place == len(content), "end of the file"
    return {"metadata": metadata, "tensors": found}


def write(name, content):
    with open(os.path.join(HERE, name), "wb") as file:
        file.write(content)


def main():
    torch.manual_seed(1)
    net = torch.nn.Sequential()
    net.add_module("hidden0", torch.nn.Linear(3, 4))
    net.add_module("norm0", torch.nn.BatchNorm1d(4))
    net.add_module("activation0", torch.nn.Tanh())
    net.add_module("output", torch.nn.Linear(4, 2))
    net(torch.randn(50, 3) * 2 + 1)
    net.eval()
    weights = net.state_dict()
    inputs = torch.randn(5, 3)
    types = {
        "truth": torch.tensor([True, False, True]),
        "bytes": torch.tensor([[0, 255]], dtype=torch.uint8),
        "half": torch.tensor([1.5, -65504, 6e-8, float("inf")], dtype=torch.float16),
        "brain": torch.tensor([1.5, -3e38, 1e-38], dtype=torch.bfloat16),
        "int": torch.tensor([-(2 ** 31), 7], dtype=torch.int32),
        "single": torch.tensor([[0.1], [-1e-40]]),
        "double": torch.tensor(0.1, dtype=torch.float64),
        "long": torch.tensor([2 ** 62, -1]),
        "none": torch.zeros(0, 3),
    }
    assert safetensors({"attn.0": torch.arange(6.0).reshape(1, 2, 3)}) == SPECIFIED
    write("specified.safetensors", SPECIFIED)
    write("mlp.safetensors", safetensors(weights, {"format": "pt"}))
    write("mlp-by-name.safetensors", safetensors(weights, pad=False, order=lambda item: item[0]))
    write("types.safetensors", safetensors(types))
    write("mlp.dat", state(weights))
    write("types.dat", state(types))
    numbers = {name: tensor.double().flatten().tolist() for name, tensor in types.items()}
    text = json.dumps({
        "inputs": inputs.flatten().tolist(),
        "outputs": net(inputs).double().flatten().tolist(),
        "types": {name: ["inf" if value == float("inf") else value for value in values] for name, values in numbers.items()},
    })
    write("weights.json", text.replace('"inf"', '"Infinity"').encode())
    for name in ("specified", "mlp", "types"):
        check(os.path.join(HERE, f"{name}.safetensors"))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps({path: check(path) for path in sys.argv[1:]}, indent=1))
    else:
        main()
