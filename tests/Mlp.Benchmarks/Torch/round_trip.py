"""The middle step of .ci/torch: weights from Mlp.MLNet into PyTorch and back. python3 round_trip.py <folder>

Reads and writes safetensors by itself: the format is a length, a header in JSON, and numbers, and Debian has no package for it.
"""
import json
import os
import sys

import numpy
import torch

TOLERANCE = 1e-5
TYPES = {"F64": torch.float64, "F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16}
ACTIVATIONS = {
    "Identity": None, "Sigmoid": torch.nn.Sigmoid, "Tanh": torch.nn.Tanh, "Relu": torch.nn.ReLU, "LeakyRelu": torch.nn.LeakyReLU,
    "Elu": torch.nn.ELU, "Selu": torch.nn.SELU, "Gelu": torch.nn.GELU, "Silu": torch.nn.SiLU, "Mish": torch.nn.Mish,
    "Softplus": torch.nn.Softplus,
}


def read(path):
    with open(path, "rb") as file:
        header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
        data = file.read()
    header.pop("__metadata__", None)
    return {name: torch.frombuffer(bytearray(data[slice(*tensor["data_offsets"])]), dtype=TYPES[tensor["dtype"]]).reshape(tensor["shape"])
            for name, tensor in header.items()}


def write(path, tensors, prefix=""):
    header, parts, end = {}, [], 0
    for name, tensor in tensors.items():
        kind = next(kind for kind, dtype in TYPES.items() if dtype == tensor.dtype)
        # numpy has no bfloat16; its bits are those of a 16-bit number.
        bits = tensor.contiguous().view(torch.int16) if kind == "BF16" else tensor.contiguous()
        part = bits.numpy().tobytes()
        header[prefix + name] = {"dtype": kind, "shape": list(tensor.shape), "data_offsets": [end, end + len(part)]}
        parts.append(part)
        end += len(part)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(len(text).to_bytes(8, "little") + text + b"".join(parts))


def build(one, dtype):
    modules = []
    sizes, activation = one["Sizes"], ACTIVATIONS[one["Activation"]]
    for index, (fan_in, units) in enumerate(zip(sizes, sizes[1:])):
        modules.append(torch.nn.Linear(fan_in, units, bias=one["HasBiases"]))
        if activation is not None and index < len(sizes) - 2:
            modules.append(activation())
    return torch.nn.Sequential(*modules).to(dtype)


def main(folder):
    for part in ("back", "theirs"):
        os.makedirs(os.path.join(folder, part), exist_ok=True)
    with open(os.path.join(folder, "ours.json")) as file:
        ours = json.load(file)
    largest, count, failures = 0, 0, 0
    for one in ours:
        network = build(one, TYPES[one["Type"]])
        network.load_state_dict(read(os.path.join(folder, "ours", one["File"])), strict=True)
        features = torch.tensor(one["Features"], dtype=TYPES[one["Type"]]).reshape(-1, one["Sizes"][0])
        with torch.no_grad():
            outputs = network(features).flatten().double().numpy()
        expected = numpy.array(one["Outputs"])
        difference = numpy.max(numpy.abs(outputs - expected) / numpy.maximum(1, numpy.abs(expected)))
        largest, count = max(largest, difference), count + len(expected)
        if not difference <= TOLERANCE:
            failures += 1
            print(f"ours/{one['File']} ({one['Activation']}, {one['Type']}) differs by {difference}")
        write(os.path.join(folder, "back", one["File"]), network.state_dict())

    torch.manual_seed(1)
    theirs = []
    for activation in ACTIVATIONS:
        for kind, dtype in TYPES.items():
            one = {
                "File": f"{len(theirs):03}.safetensors", "Activation": activation, "Type": kind, "Sizes": [5, 12, 7, 2],
                "HasBiases": True,
            }
            network = build(one, torch.float32).to(dtype)
            write(os.path.join(folder, "theirs", one["File"]), network.state_dict(), prefix="net.")
            features = torch.randn(32, 5, dtype=torch.float64)
            with torch.no_grad():
                # The numbers of the file, computed with in double.
                one["Outputs"] = network.to(torch.float64)(features).flatten().tolist()
            one["Features"] = features.flatten().tolist()
            theirs.append(one)
    with open(os.path.join(folder, "theirs.json"), "w") as file:
        json.dump(theirs, file)
    print(f"PyTorch {torch.__version__}")
    print(f"to PyTorch: {len(ours)} networks loaded with strict=True, {count} outputs, largest difference {largest:.1e}; "
          f"{failures} failures")
    return 0 if ours and failures == 0 else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
