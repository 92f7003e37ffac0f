#!/usr/bin/env python3
"""Writes src/test/resources/golden: what PyTorch computes, in double precision, for every layer, loss, metric, optimizer and schedule.

Run it anywhere, with numpy and torch:  python3 worker-kernels/src/test/golden/make_golden.py

A case is one JSON file. Specifications in it are in Firesteel's own JSON; arrays are flat, images [rows, height, width, channels],
parameters in the order of their slices: dense w [in, units], convolution w [height, width, channels, filters], then b.
PyTorch wants [rows, channels, height, width] and [filters, channels, height, width]: `layer` transposes on the way.
"""
import hashlib
import json
import pathlib

import numpy as np
import torch
import torch.nn.functional as F

HERE = pathlib.Path(__file__).resolve()
OUT = HERE.parent.parent / "resources" / "golden"
index = {}


def numbers(*shape, scale=1.0):
    """Random numbers that float32 holds exactly."""
    return torch.from_numpy((scale * random.standard_normal(shape)).astype(np.float32).astype(np.float64))


def flat(tensor):
    """The shortest decimal of each float32."""
    return [float(str(v)) for v in tensor.detach().numpy().astype(np.float32).ravel()]


def write(kind, name, **content):
    index.setdefault(kind, []).append(name)
    arrays = {k: flat(v) if torch.is_tensor(v) else v for k, v in content.items()}
    (OUT / f"{name}.json").write_text(json.dumps(arrays, separators=(",", ":")) + "\n")


def seed(name):
    global random
    random = np.random.default_rng(list(name.encode()))


# --- the random numbers of a pass: SplitMix64 (Steele et al. 2014), as a function of seed, epoch, row and layer -------------------------

GOLDEN, MASK = 0x9E3779B97F4A7C15, 2**64 - 1


def mix(z):
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 & MASK
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB & MASK
    return z ^ (z >> 31)


def place(seed, *path):
    hashed = mix(seed + GOLDEN & MASK)
    for part in path:
        hashed = mix(mix(hashed) + part + GOLDEN & MASK)
    return hashed


def dropout(x, p, stream=0):
    """What dropout multiplies x [rows, ...] by, for rows 0, 1, ... in epoch 0 under seed 0."""
    rows, n = x.shape[0], x[0].numel()
    bits = [[mix(place(0, 0, row, stream) + j * GOLDEN & MASK) >> 40 for j in range(n)] for row in range(rows)]
    mask = torch.tensor([[float(each >= round(p * 2**24)) / (1 - p) for each in row] for row in bits])
    return mask.double().reshape(x.shape)


# --- layers -----------------------------------------------------------------------------------------------------------------------

def pair(text):
    sides = [int(s) for s in str(text).split("x")]
    return (sides[0], sides[-1])


def padded(x, spec, kernel, stride, zero=0.0):
    """x [rows, channels, height, width] with what `padding` says around it; same puts the odd one after."""
    text = spec.get("padding", "valid")
    sides = []
    for side, k, s, axis in zip(x.shape[2:], kernel, stride, (0, 1)):
        if text == "same":
            missing = max(0, (-(-side // s) - 1) * s + k - side)
            sides.append((missing // 2, missing - missing // 2))
        else:
            p = 0 if text == "valid" else pair(text)[axis]
            sides.append((p, p))
    return F.pad(x, (*sides[1], *sides[0]), value=zero)


def layer(spec, x, take):
    """One of Firesteel's layers on x [rows, ...]; `take` gives the next slice of the parameters."""
    kind = spec["type"]
    if kind == "Sequential":
        return chain(spec["layers"], x, take)
    if kind == "Residual":
        return chain(spec["layers"], x, take) + chain(spec.get("shortcut", []), x, take)
    if kind == "Dense":
        w = take(x.shape[1], spec["units"])
        return x @ w + take(spec["units"]) if spec.get("bias", True) else x @ w
    if kind == "Flatten":
        return x.reshape(x.shape[0], -1)
    if kind in ("Relu", "Sigmoid", "Tanh"):
        return getattr(torch, kind.lower())(x)
    if kind in ("Softplus", "Silu"):
        return getattr(F, kind.lower())(x)
    if kind == "LeakyRelu":
        return F.leaky_relu(x, spec["slope"])
    if kind == "Elu":
        return F.elu(x, spec["alpha"])
    if kind == "Gelu":
        return F.gelu(x, approximate="tanh" if spec["approximate"] else "none")
    if kind == "Softmax":
        return F.softmax(x, -1)
    if kind == "Dropout":
        return x * dropout(x, spec.get("p", 0.5))
    if kind == "Dropout2d":
        return x * dropout(x[:, :1, :1], spec.get("p", 0.5))
    if kind == "LayerNorm":
        return F.layer_norm(x, x.shape[-1:], take(x.shape[-1]), take(x.shape[-1]), spec["epsilon"])
    if kind == "GroupNorm":
        weight, bias = take(x.shape[-1]), take(x.shape[-1])
        return F.group_norm(x.permute(0, 3, 1, 2), spec["groups"], weight, bias, spec["epsilon"]).permute(0, 2, 3, 1)
    if kind == "Reshape":
        return x.reshape(x.shape[0], *pair_of(spec["shape"]))
    if kind == "GlobalAveragePool2d":
        return F.adaptive_avg_pool2d(x.permute(0, 3, 1, 2), 1).flatten(1)
    if kind == "ZeroPad2d":
        pad = torch.nn.ZeroPad2d([spec[side] for side in ("left", "right", "top", "bottom")])
        return pad(x.permute(0, 3, 1, 2)).permute(0, 2, 3, 1)
    if kind == "Upsample":
        return F.interpolate(x.permute(0, 3, 1, 2), scale_factor=pair(spec["scale"]), mode="nearest").permute(0, 2, 3, 1)
    kernel = pair(spec["kernel"])
    stride = pair(spec.get("stride", 1 if kind == "Conv2d" else spec["kernel"]))
    image = x.permute(0, 3, 1, 2)
    if kind == "Conv2d":
        w = take(*kernel, x.shape[3], spec["filters"]).permute(3, 2, 0, 1)
        b = take(spec["filters"]) if spec.get("bias", True) else None
        y = F.conv2d(padded(image, spec, kernel, stride), w, b, stride)
    elif kind == "MaxPool2d":
        y = F.max_pool2d(padded(image, spec, kernel, stride, -torch.inf), kernel, stride)
    elif kind == "AveragePool2d":
        y = F.avg_pool2d(padded(image, spec, kernel, stride), kernel, stride)
    else:
        raise ValueError(f"no reference for {kind}")
    return y.permute(0, 2, 3, 1)


def chain(layers, x, take):
    for each in layers:
        x = layer(each, x, take)
    return x


def parameters(spec, x):
    """Random leaves for every slice."""
    leaves = []

    def declare(*shape):
        leaves.append(numbers(*shape, scale=0.5).requires_grad_())
        return leaves[-1]

    layer(spec, x, declare)
    return leaves


def forward(spec, x, leaves):
    rest = iter(leaves)
    return layer(spec, x, lambda *shape: next(rest))


def joined(tensors):
    return torch.cat([t.reshape(-1) for t in tensors]) if tensors else torch.zeros(0)


def layer_case(name, spec, shape, rows):
    name = f"layer-{name}"
    seed(name)
    x = numbers(rows, *pair_of(shape)).requires_grad_()
    leaves = parameters(spec, x)
    y = forward(spec, x, leaves)
    dy = numbers(*y.shape)
    dx, *grads = torch.autograd.grad((y * dy).sum(), [x, *leaves])
    write("layer", name, layer=spec, input=shape, rows=rows, x=x, params=joined(leaves), y=y, dy=dy, dx=dx, grads=joined(grads))


def pair_of(shape):
    return [int(side) for side in shape.split("x")]


def conv(filters, kernel, **more):
    return {"type": "Conv2d", "filters": filters, "kernel": kernel, **more}


def pool(kind, kernel, **more):
    return {"type": f"{kind}Pool2d", "kernel": kernel, **more}


def dense(units, **more):
    return {"type": "Dense", "units": units, **more}


def named(layers):
    return [each if isinstance(each, dict) else {"type": each} for each in layers]


def net(*layers):
    return {"type": "Sequential", "layers": named(layers)}


def residual(*layers, shortcut=()):
    return {"type": "Residual", "layers": named(layers), **({"shortcut": named(shortcut)} if shortcut else {})}


def layers():
    layer_case("dense", dense(4), "7", 5)
    layer_case("dense-no-bias", dense(3, bias=False), "5", 2)
    layer_case("conv", conv(4, "3x2"), "6x5x3", 3)
    layer_case("conv-many-channels", conv(5, 3), "5x6x7", 2)
    layer_case("conv-stride", conv(3, 3, stride="2x1", padding="1x0"), "7x6x5", 2)
    layer_case("conv-same", conv(3, "4x3", stride=2, padding="same"), "7x6x2", 2)
    layer_case("conv-same-many-channels", conv(3, "4x3", stride=2, padding="same"), "7x6x6", 2)
    layer_case("conv-pointwise", conv(4, 1), "4x3x6", 2)
    layer_case("conv-no-bias", conv(4, 5, padding=2, bias=False), "5x6x1", 2)
    for kind in ("Max", "Average"):
        layer_case(f"{kind.lower()}-pool", pool(kind, 2), "6x4x3", 2)
        layer_case(f"{kind.lower()}-pool-overlap", pool(kind, "3x2", stride="2x1"), "7x5x2", 3)
        layer_case(f"{kind.lower()}-pool-padding", pool(kind, 3, stride=2, padding=1), "5x7x3", 2)
        layer_case(f"{kind.lower()}-pool-same", pool(kind, "3x2", stride=2, padding="same"), "6x5x3", 2)
    for kind in ("Flatten", "Relu", "Sigmoid", "Tanh"):
        layer_case(kind.lower(), {"type": kind}, "3x4x2", 5)
    activations = {"leaky-relu": {"type": "LeakyRelu", "slope": 0.2}, "elu": {"type": "Elu", "alpha": 0.7}, "softplus": {"type": "Softplus"},
                   "silu": {"type": "Silu"}, "gelu": {"type": "Gelu", "approximate": False},
                   "gelu-tanh": {"type": "Gelu", "approximate": True}, "softmax": {"type": "Softmax"}}
    for name, spec in activations.items():
        layer_case(name, spec, "3x2x4", 3)
    layer_case("dropout", {"type": "Dropout", "p": 0.3}, "3x4x2", 5)
    layer_case("dropout2d", {"type": "Dropout2d", "p": 0.3}, "2x3x4", 3)
    layer_case("layer-norm", {"type": "LayerNorm", "epsilon": 1e-5}, "7", 3)
    layer_case("layer-norm-of-image", {"type": "LayerNorm", "epsilon": 0.1}, "2x3x5", 2)
    layer_case("group-norm", {"type": "GroupNorm", "groups": 2, "epsilon": 1e-5}, "3x2x6", 2)
    layer_case("reshape", {"type": "Reshape", "shape": "2x4x3"}, "3x4x2", 2)
    layer_case("global-average-pool", {"type": "GlobalAveragePool2d"}, "3x4x2", 3)
    layer_case("zero-pad", {"type": "ZeroPad2d", "left": 1, "right": 0, "top": 2, "bottom": 1}, "2x3x2", 2)
    layer_case("upsample", {"type": "Upsample", "scale": "3x2"}, "2x3x2", 2)
    layer_case("sequential", net(conv(5, 3), "Relu", pool("Max", 2), "Flatten", dense(6), "Sigmoid", dense(3), "Tanh"), "6x8x2", 3)
    same = conv(3, 3, padding="same")
    layer_case("residual", residual(same, "Relu", same, "Tanh"), "4x5x3", 2)
    layer_case("residual-shortcut", residual(conv(4, 3, stride=2, padding="same"), "Relu", shortcut=[conv(4, 1, stride=2), "Sigmoid"]),
               "5x4x3", 3)
    layer_case("residual-nested", residual(residual(dense(4), "Tanh"), dense(3), shortcut=[residual(dense(3), shortcut=[dense(3)])]), "4", 3)


# --- losses: sums over the rows -----------------------------------------------------------------------------------------------------

def loss(spec, y, t):
    kind = spec["type"]
    if kind == "SoftmaxCrossEntropy":
        weight = torch.tensor(spec["classWeights"]).double() if "classWeights" in spec else None
        return F.cross_entropy(y, t[:, 0].long(), weight, reduction="sum", label_smoothing=spec.get("labelSmoothing", 0))
    if t.shape[1] == 1 and y.shape[1] > 1:
        t = F.one_hot(t[:, 0].long(), y.shape[1]).double()
    if kind == "SquaredError":
        return F.mse_loss(y, t, reduction="sum") / 2
    if kind == "AbsoluteError":
        return F.l1_loss(y, t, reduction="sum")
    if kind == "Huber":
        return F.huber_loss(y, t, reduction="sum", delta=spec["delta"])
    if kind == "Quantile":
        return torch.maximum(spec["q"] * (t - y), (spec["q"] - 1) * (t - y)).sum()
    if kind == "Poisson":
        return F.poisson_nll_loss(y, t, reduction="sum")
    if kind == "BinaryCrossEntropy":
        return F.binary_cross_entropy_with_logits(y, t, reduction="sum")
    raise ValueError(f"no reference for {kind}")


def predicted(spec, y):
    final = {"SoftmaxCrossEntropy": lambda: F.softmax(y, 1), "Poisson": y.exp, "BinaryCrossEntropy": y.sigmoid}
    return final.get(spec["type"], lambda: y)()


def labels(rows, classes):
    return torch.from_numpy(random.integers(0, classes, (rows, 1)).astype(np.float64))


def loss_case(name, kind, n, width, scale=1.0, targets=numbers, **settings):
    name = f"loss-{name}"
    seed(name)
    spec, rows = {"type": kind, **settings}, 6
    y = numbers(rows, n, scale=scale).requires_grad_()
    t = targets(rows, width) if width == n else labels(rows, n)
    value = loss(spec, y, t)
    (dy,) = torch.autograd.grad(value, y)
    write("loss", name, loss=spec, rows=rows, n=n, width=width, y=y, t=t, value=value.item(), dy=dy, prediction=predicted(spec, y))


def counts(*shape):
    return torch.from_numpy(random.poisson(2, shape).astype(np.float64))


def yes_or_no(*shape):
    return torch.from_numpy(random.integers(0, 2, shape).astype(np.float64))


def losses():
    loss_case("softmax", "SoftmaxCrossEntropy", 5, 1)
    loss_case("softmax-of-large-outputs", "SoftmaxCrossEntropy", 3, 1, scale=300)
    loss_case("softmax-smoothed", "SoftmaxCrossEntropy", 5, 1, labelSmoothing=0.1)
    loss_case("softmax-of-weighted-classes", "SoftmaxCrossEntropy", 3, 1, classWeights=[0.5, 2, 1.25])
    loss_case("softmax-smoothed-and-weighted", "SoftmaxCrossEntropy", 3, 1, labelSmoothing=0.2, classWeights=[0.5, 2, 1.25])
    loss_case("squared", "SquaredError", 4, 4)
    loss_case("squared-of-labels", "SquaredError", 4, 1)
    loss_case("absolute", "AbsoluteError", 4, 4)
    loss_case("huber", "Huber", 4, 4, scale=2, delta=0.75)
    loss_case("quantile", "Quantile", 4, 4, q=0.9)
    loss_case("poisson", "Poisson", 4, 4, targets=counts)
    loss_case("binary", "BinaryCrossEntropy", 1, 1, targets=yes_or_no)
    loss_case("binary-of-many-labels", "BinaryCrossEntropy", 4, 4, scale=30, targets=yes_or_no)
    loss_case("binary-of-classes", "BinaryCrossEntropy", 4, 1)


# --- metrics: over all rows, by weight ------------------------------------------------------------------------------------------------

def metric(spec, y, t, weights):
    kind, label = spec["type"], t[:, 0].long()
    if kind in ("Accuracy", "ErrorRate"):
        correct = (y.argmax(1) == label).double()
        return (weights * (correct if kind == "Accuracy" else 1 - correct)).sum() / weights.sum()
    if kind == "TopK":
        found = (y.topk(spec["k"], 1).indices == label[:, None]).any(1).double()
        return (weights * found).sum() / weights.sum()
    if kind == "Auc":
        p = F.softmax(y, 1)
        return torch.stack([area(p[:, c], label == c, weights) for c in ([1] if y.shape[1] == 2 else range(y.shape[1]))]).mean()
    raise ValueError(f"no reference for {kind}")


def area(score, positive, weights):
    """By every pair of a positive and a negative row."""
    pairs = weights[positive][:, None] * weights[~positive][None, :]
    above = score[positive][:, None] - score[~positive][None, :]
    return (pairs * (above.sign() + 1) / 2).sum() / pairs.sum()


def metric_case(name, spec, classes, rows=40):
    name = f"metric-{name}"
    seed(name)
    y, t, weights = numbers(rows, classes), labels(rows, classes), numbers(rows).abs()
    write("metric", name, metric=spec, rows=rows, n=classes, y=y, t=t, weights=weights, value=metric(spec, y, t, weights).item())


def metrics():
    metric_case("accuracy", {"type": "Accuracy"}, 4)
    metric_case("error-rate", {"type": "ErrorRate"}, 3)
    metric_case("auc", {"type": "Auc", "bins": 100000}, 2)
    metric_case("auc-of-many-classes", {"type": "Auc", "bins": 100000}, 4)
    metric_case("top-k", {"type": "TopK", "k": 3}, 7)


# --- optimizers ---------------------------------------------------------------------------------------------------------------------

class Papers(torch.optim.Optimizer):
    """LARS, LAMB and Lion, which PyTorch does not have: the papers' equations, one leaf a layer."""

    def __init__(self, groups, spec, rate):
        super().__init__(groups, {"lr": rate, "spec": spec})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for w in group["params"]:
                state = self.state[w]
                state["t"] = state.get("t", 0) + 1
                update = getattr(self, group["spec"]["type"].lower())
                w -= group["lr"] * update(w, w.grad, state, group["weight_decay"], group["spec"])

    @staticmethod
    def lars(w, g, state, decay, spec):
        ratio = spec["trust"] * w.norm() / (g.norm() + decay * w.norm())
        state["v"] = spec["momentum"] * state.get("v", 0) + ratio * (g + decay * w)
        return state["v"]

    @staticmethod
    def lamb(w, g, state, decay, spec):
        state["m"] = spec["beta1"] * state.get("m", 0) + (1 - spec["beta1"]) * g
        state["v"] = spec["beta2"] * state.get("v", 0) + (1 - spec["beta2"]) * g**2
        m, v = state["m"] / (1 - spec["beta1"] ** state["t"]), state["v"] / (1 - spec["beta2"] ** state["t"])
        u = m / (v.sqrt() + spec["epsilon"]) + decay * w
        return w.norm() / u.norm() * u

    @staticmethod
    def lion(w, g, state, decay, spec):
        m = state.get("m", torch.zeros_like(g))
        state["m"] = spec["beta2"] * m + (1 - spec["beta2"]) * g
        return (spec["beta1"] * m + (1 - spec["beta1"]) * g).sign() + decay * w


def optimizer(spec, leaves, rate, decays):
    groups = [{"params": [leaf], "weight_decay": decay} for leaf, decay in zip(leaves, decays)]
    kind, rest = spec["type"], {k: v for k, v in spec.items() if k != "type"}
    if kind == "Sgd":
        return torch.optim.SGD(groups, lr=rate, **rest)
    if kind == "RmsProp":
        return torch.optim.RMSprop(groups, lr=rate, alpha=rest.get("alpha", 0.99), eps=rest.get("epsilon", 1e-8))
    if kind in ("Adam", "AdamW"):
        betas = (rest.get("beta1", 0.9), rest.get("beta2", 0.999))
        return getattr(torch.optim, kind)(groups, lr=rate, betas=betas, eps=rest.get("epsilon", 1e-8))
    if kind == "Adagrad":
        return torch.optim.Adagrad(groups, lr=rate, eps=rest.get("epsilon", 1e-10))
    if kind == "NAdam":
        betas = (rest.get("beta1", 0.9), rest.get("beta2", 0.999))
        return torch.optim.NAdam(groups, lr=rate, betas=betas, momentum_decay=rest.get("momentumDecay", 0.004))
    if kind in ("Lars", "Lamb", "Lion"):
        return Papers(groups, spec, rate)
    raise ValueError(f"no reference for {kind}")


def optimizer_case(name, spec, rate, decay):
    name = f"optimizer-{name}" + ("-decay" if decay else "")
    seed(name)
    w, steps, weights = numbers(9).requires_grad_(), 20, []
    gradients = numbers(steps, 9)
    start = flat(w)
    maker = optimizer(spec, [w], rate, [decay])
    for g in gradients:
        w.grad = g.clone()
        maker.step()
        weights.append(flat(w))
    write("optimizer", name, optimizer=spec, rate=rate, decay=decay, start=start, gradients=[flat(g) for g in gradients], weights=weights)


def optimizers():
    for decay in (0.0, 0.1):
        optimizer_case("sgd", {"type": "Sgd"}, 0.1, decay)
        optimizer_case("sgd-momentum", {"type": "Sgd", "momentum": 0.9}, 0.1, decay)
        optimizer_case("sgd-nesterov", {"type": "Sgd", "momentum": 0.8, "nesterov": True}, 0.1, decay)
        optimizer_case("rms-prop", {"type": "RmsProp", "alpha": 0.95, "epsilon": 1e-6}, 0.01, decay)
        optimizer_case("adam", {"type": "Adam"}, 0.01, decay)
        optimizer_case("adam-w", {"type": "AdamW", "beta1": 0.8, "beta2": 0.99, "epsilon": 1e-6}, 0.01, decay)
        optimizer_case("adagrad", {"type": "Adagrad", "epsilon": 1e-6}, 0.1, decay)
        optimizer_case("nadam", {"type": "NAdam", "beta1": 0.8, "momentumDecay": 0.02}, 0.01, decay)
        optimizer_case("lion", {"type": "Lion", "beta1": 0.8, "beta2": 0.95}, 0.01, decay)
        optimizer_case("lars", {"type": "Lars", "momentum": 0.9, "trust": 0.02}, 2.0, decay)
        optimizer_case("lamb", {"type": "Lamb", "beta1": 0.8, "beta2": 0.99, "epsilon": 1e-6}, 0.02, decay)


# --- schedules ------------------------------------------------------------------------------------------------------------------------

def scheduler(spec, of):
    from torch.optim import lr_scheduler as s
    kind = spec["type"]
    if kind == "Constant":
        return s.ConstantLR(of, factor=1)
    if kind == "Step":
        return s.StepLR(of, spec["every"], spec["factor"])
    if kind == "Exponential":
        return s.ExponentialLR(of, spec["factor"] ** (1 / spec["every"]))
    if kind == "Cosine":
        return s.CosineAnnealingLR(of, spec["steps"], spec["last"])
    if kind == "Polynomial":
        return s.PolynomialLR(of, spec["steps"], spec["power"])
    if kind == "OneCycle":
        return s.OneCycleLR(of, spec["learningRate"], spec["steps"], pct_start=spec["rising"], cycle_momentum=False,
                            div_factor=spec["divisor"], final_div_factor=spec["lastDivisor"])
    if kind == "Sequence":
        return s.SequentialLR(of, [scheduler(each, of) for each in spec["schedules"]], spec["milestones"])
    raise ValueError(f"no reference for {kind}")


def schedule_case(name, kind, **settings):
    spec = {"type": kind, **settings}
    rate = settings.get("learningRate") or settings["schedules"][0]["learningRate"]
    of = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=rate)
    maker, rates = scheduler(spec, of), []
    for _ in range(40):
        rates.append(of.param_groups[0]["lr"])
        of.step()
        maker.step()
    write("schedule", f"schedule-{name}", schedule=spec, rates=rates)


def schedules():
    step = {"type": "Step", "learningRate": 0.4, "every": 5, "factor": 0.5}
    cosine = {"type": "Cosine", "learningRate": 0.4, "steps": 20, "last": 0.01}
    schedule_case("constant", "Constant", learningRate=0.3)
    schedule_case("step", "Step", learningRate=0.4, every=7, factor=0.5)
    schedule_case("exponential", "Exponential", learningRate=0.4, every=10, factor=0.25)
    schedule_case("cosine", "Cosine", learningRate=0.5, steps=40, last=0.1)
    schedule_case("polynomial", "Polynomial", learningRate=0.5, steps=30, power=0.9, last=0)
    schedule_case("one-cycle", "OneCycle", learningRate=0.5, steps=40, rising=0.3, divisor=10, lastDivisor=100)
    schedule_case("sequence", "Sequence", schedules=[step, cosine], milestones=[20])


# --- models in training -------------------------------------------------------------------------------------------------------------

def model_case(name, shape, net_spec, loss_name, targets, rows, optimizer_spec, rate, decay, steps):
    name = f"model-{name}"
    seed(name)
    x, spec = numbers(rows, *pair_of(shape)), {"type": loss_name}
    leaves = parameters(net_spec, x)
    y = forward(net_spec, x, leaves)
    t = numbers(rows, targets) if targets == y.shape[1] else labels(rows, y.shape[1])
    start, gradient, history = joined(leaves).clone(), None, []
    decays = [decay if leaf.dim() > 1 else 0.0 for leaf in leaves]  # weights alone, as biases have one dimension
    maker = optimizer(optimizer_spec, leaves, rate, decays)
    for _ in range(steps):
        y = forward(net_spec, x, leaves)
        total = loss(spec, y, t)
        history.append(total.item() / rows)
        grads = torch.autograd.grad(total, leaves)
        gradient = joined(grads) if gradient is None else gradient
        for leaf, g in zip(leaves, grads):
            leaf.grad = g / rows
        maker.step()
    model = {"input": shape, "normalization": {}, "net": net_spec, "loss": loss_name, "targets": targets}
    write("model", name, model=model, optimizer=optimizer_spec, rate=rate, decay=decay, rows=rows, x=x, targets=t, start=start,
          gradient=gradient, losses=history, trained=joined(leaves), prediction=predicted(spec, forward(net_spec, x, leaves)))


def models():
    model_case("mlp", "9", net(dense(12), "Relu", dense(8), "Sigmoid", dense(3)), "SquaredError", 3, 16, {"type": "Adam"}, 0.01, 0.0, 8)
    model_case("cnn", "10x8x2", net(conv(6, 3, padding="same"), "Relu", pool("Max", 2), conv(4, 2), "Tanh", pool("Average", 2, stride=1),
                                    "Flatten", dense(5)), "SoftmaxCrossEntropy", 1, 12, {"type": "Sgd", "momentum": 0.9}, 0.1, 0.01, 8)
    same = conv(4, 3, padding="same")
    halved = residual(conv(6, 3, stride=2, padding="same"), "Relu", conv(6, 3, padding="same"), shortcut=[conv(6, 1, stride=2)])
    norm = {"type": "GroupNorm", "groups": 2, "epsilon": 1e-5}
    model_case("residual", "8x6x2", net(same, residual(norm, "Relu", same), "Relu", halved, "GlobalAveragePool2d", dense(3)),
               "SoftmaxCrossEntropy", 1, 12, {"type": "Sgd", "momentum": 0.9}, 0.1, 0.01, 8)


if __name__ == "__main__":
    OUT.mkdir(parents=True, exist_ok=True)
    for old in OUT.glob("*.json"):
        old.unlink()
    layers()
    losses()
    metrics()
    optimizers()
    schedules()
    models()
    script = hashlib.sha256(HERE.read_bytes()).hexdigest()
    (OUT / "index.json").write_text(json.dumps({"script": script, "cases": index}, indent=1) + "\n")
    print(f"{sum(map(len, index.values()))} cases, {sum(f.stat().st_size for f in OUT.glob('*.json')) // 1024} KiB")
