#!/usr/bin/env python3
"""Writes src/test/resources/torch: state dicts of PyTorch as safetensors files, and what PyTorch predicts for 16 rows.

Run it anywhere, with numpy and torch:  python3 driver/src/test/golden/make_state_dicts.py

NAME.safetensors is laid out as safetensors.torch.save_file does: tensors sorted by name, the order of the modules lost. NAME.json has
the net in Firesteel's words, the rows [16, height, width, channels] and the predictions, all flat.
"""
import hashlib
import json
import pathlib
import struct

import numpy as np
import torch
import torch.nn as nn

SCRIPT = pathlib.Path(__file__).resolve()
OUT = SCRIPT.parent.parent / "resources" / "torch"
ROWS = 16
TYPES = {torch.float64: ("F64", np.float64), torch.float32: ("F32", np.float32), torch.float16: ("F16", np.float16)}


def save(state, path):
    header, data = {}, b""
    for name, tensor in sorted(state.items()):
        word, dtype = TYPES[tensor.dtype]
        raw = np.ascontiguousarray(tensor.numpy().astype(dtype)).tobytes()
        header[name] = {"dtype": word, "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


def golden(name, net, layers, shape, predict, dtype=torch.float32):
    """`shape` is [height, width, channels] or [features]."""
    torch.manual_seed(sum(name.encode()))
    for weight in net.parameters():
        nn.init.uniform_(weight, -0.4, 0.4)
    net.to(dtype).to(torch.float32)  # the numbers that the file holds
    x = torch.randn(ROWS, *shape)
    y = predict(net(x.permute(0, 3, 1, 2) if len(shape) == 3 else x)).detach()
    save({key: value.to(dtype) for key, value in net.state_dict().items()}, OUT / f"{name}.safetensors")
    numbers = lambda t: [float(str(v)) for v in t.contiguous().numpy().ravel()]
    script = hashlib.sha256(SCRIPT.read_bytes()).hexdigest()
    content = {"script": script, "input": "x".join(map(str, shape)), "layers": layers, "x": numbers(x), "y": numbers(y)}
    (OUT / f"{name}.json").write_text(json.dumps(content, separators=(",", ":")) + "\n")


class LeNet(nn.Module):
    """Modules by name; sorted, `out` would stand behind `fc`, and both behind the convolutions."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(2, 6, (3, 2))
        self.conv2 = nn.Conv2d(6, 4, 2, padding=1)
        self.fc = nn.Linear(4 * 5 * 5, 12)
        self.another = nn.Linear(12, 5, bias=False)

    def forward(self, x):
        x = torch.max_pool2d(torch.relu(self.conv1(x)), 2)
        x = torch.tanh(self.conv2(x))
        return self.another(torch.relu(self.fc(torch.flatten(x, 1))))


class Residual(nn.ModuleList):
    """f(x) + s(x): a module each, the second where s is not the identity."""

    def forward(self, x):
        return self[0](x) + (self[1](x) if len(self) > 1 else x)


def softmax(y):
    return torch.softmax(y, 1)


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    golden("named", LeNet(),
           "conv2d(6, 3x2) relu maxpool2d(2) conv2d(4, 2, padding=1) tanh flatten dense(12) relu dense(5, bias=false)",
           (10, 9, 2), softmax)
    # A flattened image that a tanh stands behind, and layers of one shape whose numbers are 9, 11 and 13.
    golden("sequential", nn.Sequential(
        nn.Conv2d(3, 4, 3, stride=2), nn.Sigmoid(), nn.AvgPool2d(2), nn.Flatten(), nn.Tanh(), nn.Linear(16, 7), nn.ReLU(),
        nn.Linear(7, 6), nn.ReLU(), nn.Linear(6, 6), nn.ReLU(), nn.Linear(6, 6), nn.Tanh(), nn.Linear(6, 6)),
        "conv2d(4, 3, stride=2) sigmoid averagepool2d(2) flatten tanh dense(7) relu dense(6) relu dense(6) relu dense(6) tanh "
        "dense(6)", (9, 9, 3), softmax)
    # Two norms before the image is flattened, one of the flattened image, and one behind the first layer that mixes it.
    golden("norms", nn.Sequential(
        nn.Conv2d(2, 6, 2), nn.GroupNorm(3, 6), nn.ReLU(), nn.Conv2d(6, 4, 2), nn.GroupNorm(2, 4, eps=0.01), nn.Flatten(),
        nn.LayerNorm(24), nn.Linear(24, 7), nn.LayerNorm(7), nn.GELU(), nn.Linear(7, 3)),
        "conv2d(6, 2) groupnorm(3) relu conv2d(4, 2) groupnorm(2, 0.01) flatten layernorm dense(7) layernorm gelu dense(3)",
        (4, 5, 2), softmax)
    # A flattened image that is added to itself, and one that both branches mix.
    golden("residual", nn.Sequential(
        nn.Conv2d(2, 4, 2),
        Residual([nn.Sequential(nn.Conv2d(4, 4, 3, padding=1), nn.ReLU(), nn.Conv2d(4, 4, 3, padding=1))]), nn.ReLU(),
        Residual([nn.Sequential(nn.Conv2d(4, 6, 3, stride=2, padding=1), nn.GroupNorm(3, 6)),
                  nn.Sequential(nn.Conv2d(4, 6, 1, stride=2))]),
        nn.Flatten(), Residual([nn.Sequential(nn.Tanh())]),
        Residual([nn.Sequential(nn.Linear(72, 7), nn.GELU()), nn.Sequential(nn.Linear(72, 7))]), nn.Linear(7, 7), nn.Linear(7, 3)),
        "conv2d(4, 2) residual(conv2d(4, 3, padding=1) relu conv2d(4, 3, padding=1)) relu residual(conv2d(6, 3, stride=2, padding=1) "
        "groupnorm(3) | conv2d(6, 1, stride=2)) flatten residual(tanh) residual(dense(7) gelu | dense(7)) dense(7) dense(3)",
        (6, 8, 2), softmax)
    golden("half", nn.Sequential(nn.Linear(9, 8), nn.Tanh(), nn.Linear(8, 3)), "dense(8) tanh dense(3)", (9,), softmax,
           torch.float16)
    golden("double", nn.Sequential(nn.Linear(9, 8), nn.Tanh(), nn.Linear(8, 3)), "dense(8) tanh dense(3)", (9,), softmax,
           torch.float64)


if __name__ == "__main__":
    main()
