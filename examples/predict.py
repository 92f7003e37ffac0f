#!/usr/bin/env python3
"""Reads a model that Firesteel saved and predicts with numpy alone: predict.py MODEL IMAGES.gz [LABELS.gz]

MODEL is a run's output folder or the model folder in it. Prints one class a line; with labels, the accuracy to stderr.
"""
import gzip
import json
import pathlib
import struct
import sys

import numpy as np


def weights(path):
    """Every slice by its name: safetensors is a length, a JSON header, and the numbers."""
    data = path.read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8:8 + length])
    header.pop("__metadata__", None)
    numbers = data[8 + length:]
    return {name: np.frombuffer(numbers[slice(*entry["data_offsets"])], "<f4").reshape(entry["shape"]) for name, entry in header.items()}


def idx(path):
    """The unsigned bytes of an IDX file, plain or gzip."""
    data = pathlib.Path(path).read_bytes()
    data = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
    rank = data[3]
    shape = struct.unpack(f">{rank}i", data[4:4 + 4 * rank])
    return np.frombuffer(data[4 + 4 * rank:], np.uint8).reshape(shape)


def sides(text):
    """Height and width of "5" or "5x3"."""
    parts = str(text).split("x")
    return int(parts[0]), int(parts[-1])


def windows(x, layer, fill):
    """The patches under a layer's kernel: [rows, out height, out width, kernel height, kernel width, channels]."""
    kernel, stride, padding = sides(layer["kernel"]), sides(layer["stride"]), layer["padding"]
    pads = []
    for size, k, s, axis in zip(x.shape[1:3], kernel, stride, (0, 1)):
        if padding == "same":
            missing = max(0, (-(-size // s) - 1) * s + k - size)
            pads.append((missing // 2, missing - missing // 2))
        else:
            pads.append((0, 0) if padding == "valid" else (sides(padding)[axis],) * 2)
    x = np.pad(x, [(0, 0), *pads, (0, 0)], constant_values=fill)
    view = np.lib.stride_tricks.sliding_window_view(x, kernel, axis=(1, 2))[:, ::stride[0], ::stride[1]]
    return view.transpose(0, 1, 2, 4, 5, 3)


def forward(layers, w, x):
    """Outputs [rows, n] of a list of layers."""
    for i, layer in enumerate(layers):
        kind = layer["type"]
        name = f"{i}-{kind}/"
        if kind == "Dense":
            x = x @ w[name + "w"] + w.get(name + "b", 0)
        elif kind == "Conv2d":
            x = np.tensordot(windows(x, layer, 0), w[name + "w"], 3) + w.get(name + "b", 0)
        elif kind == "MaxPool2d":
            x = windows(x, layer, -np.inf).max((3, 4))
        elif kind == "AveragePool2d":
            x = windows(x, layer, 0).mean((3, 4))
        elif kind == "Flatten":
            x = x.reshape(len(x), -1)
        elif kind == "Relu":
            x = np.maximum(x, 0)
        elif kind == "Sigmoid":
            x = 1 / (1 + np.exp(-x))
        elif kind == "Tanh":
            x = np.tanh(x)
        else:
            raise SystemExit(f"layer {i}: {kind} is not known here")
    return x


def main():
    folder = pathlib.Path(sys.argv[1])
    folder = folder / "model" if (folder / "model" / "model.json").exists() else folder
    model = json.loads((folder / "model.json").read_text())
    w = weights(folder / "weights.safetensors")
    mean, std = (np.array(model["normalization"][key], np.float32) for key in ("mean", "std"))
    images = idx(sys.argv[2])
    classes = []
    for start in range(0, len(images), 500):
        raw = images[start:start + 500].reshape(-1, *map(int, model["input"].split("x")))
        classes.append(forward(model["net"]["layers"], w, (raw.astype(np.float32) / 255 - mean) / std).argmax(1))
    classes = np.concatenate(classes)
    print("\n".join(map(str, classes)))
    if len(sys.argv) > 3:
        print(f"accuracy {np.mean(classes == idx(sys.argv[3])):.4f}", file=sys.stderr)


if __name__ == "__main__":
    main()
