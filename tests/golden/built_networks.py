"""Cases of LeNet-5 and of small image classifiers, each run once on an image."""

from collections.abc import Iterator
from typing import Any

import built  # noqa: F401 - sets the backend of Keras
import flax
import flax.linen as nn
import jax.numpy as jnp
import keras
import torch
from built import Case, Tensors, case, flax_tensors, torch_tensors
from make_counts import keras_name


class _LeNet5(torch.nn.Module):
    """LeNet-5 of 1998: S2 and S4 are trained, C3 reads the maps of table I."""

    TABLE = (
        (0, 1, 2), (1, 2, 3), (2, 3, 4), (3, 4, 5), (0, 4, 5), (0, 1, 5),
        (0, 1, 2, 3), (1, 2, 3, 4), (2, 3, 4, 5), (0, 3, 4, 5), (0, 1, 4, 5), (0, 1, 2, 5),
        (0, 1, 3, 4), (1, 2, 4, 5), (0, 2, 3, 5), (0, 1, 2, 3, 4, 5),
    )  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.C1 = torch.nn.Conv2d(1, 6, 5)
        self.S2 = torch.nn.Conv2d(6, 6, 1, groups=6)  # a weight and a bias for each map
        self.C3 = torch.nn.ModuleList(torch.nn.Conv2d(len(maps), 1, 5) for maps in self.TABLE)
        self.S4 = torch.nn.Conv2d(16, 16, 1, groups=16)
        self.C5 = torch.nn.Conv2d(16, 120, 5)
        self.F6 = torch.nn.Linear(120, 84)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return F6's values for images of 32 × 32."""
        pool = torch.nn.functional.avg_pool2d
        x = torch.tanh(self.S2(pool(torch.tanh(self.C1(x)), 2)))
        maps = zip(self.C3, self.TABLE, strict=True)
        x = torch.cat([unit(x[:, list(reads)]) for unit, reads in maps], 1)
        x = torch.tanh(self.S4(pool(torch.tanh(x), 2)))
        return torch.tanh(self.F6(torch.tanh(self.C5(x)).flatten(1)))


def lenet5() -> Iterator[Case]:
    """Yield LeNet-5, its layers as terms: the engine counts a layer as one."""
    module = _LeNet5()
    assert module(torch.zeros(2, 1, 32, 32)).shape == (2, 84)
    terms = {
        name: sum(one.numel() for one in layer.parameters())
        for name, layer in module.named_children()
    }
    total = sum(one.numel() for one in module.parameters())
    yield {"function": "lenet5_params", "args": {}, "total": total, "terms": terms}


def modern_lenet() -> int:
    """Count LeNet as Dive into Deep Learning builds it."""
    module = torch.nn.Sequential(
        torch.nn.Conv2d(1, 6, 5, padding=2),
        torch.nn.AvgPool2d(2),
        torch.nn.Conv2d(6, 16, 5),
        torch.nn.AvgPool2d(2),
        torch.nn.Flatten(),
        torch.nn.Linear(400, 120),
        torch.nn.Linear(120, 84),
        torch.nn.Linear(84, 10),
    )
    module(torch.zeros(1, 1, 28, 28))
    return sum(one.numel() for one in module.parameters())


class _FlaxClassifier(nn.Module):
    """A small CNN or MLP in Flax."""

    args: Any

    @nn.compact
    def __call__(self, x: Any) -> Any:
        """Return the classes' scores."""
        args = self.args
        for channels in args["conv_channels"]:
            window = (args["kernel_size"],) * 2
            x = nn.Conv(channels, window, padding=args["padding"].upper())(x)
            pool = (args["pool_size"],) * 2
            x = nn.max_pool(x, pool, strides=pool)
        flat = args["head"] == "flatten"
        x = x.reshape((x.shape[0], -1)) if flat else x.mean(axis=(1, 2))
        for size in (*args["hidden_sizes"], args["num_classes"]):
            x = nn.Dense(size)(x)
        return x


CLASSIFIERS = (
    (28, 1, 10, (32, 64), "same", "flatten", (128,)),
    (28, 1, 10, (32, 64), "valid", "flatten", (128,)),
    (28, 1, 10, (32, 64), "same", "global_average_pooling", ()),
    (28, 1, 10, (), "same", "flatten", (256, 128)),
    (224, 3, 6, (32, 64), "same", "flatten", (128,)),
    (224, 3, 6, (32, 64), "same", "global_average_pooling", ()),
    ((20, 31), 2, 5, (4, 6, 8), "same", "flatten", (9, 7)),
    ((40, 31), 2, 5, (4, 6, 8), "valid", "flatten", ()),
    (17, 3, 2, (5,), "valid", "global_average_pooling", (4,)),
)


def image_classifier() -> Iterator[Case]:
    """Yield small image classifiers, run once on an image."""
    name = "image_classifier_params"
    for image, reads, classes, channels, padding, head, hidden in CLASSIFIERS:
        args: Case = {
            "image_size": image if isinstance(image, int) else list(image),
            "num_classes": classes,
            "in_channels": reads,
            "conv_channels": list(channels),
            "kernel_size": 3,
            "padding": padding,
            "pool_size": 2,
            "head": head,
            "hidden_sizes": list(hidden),
        }
        height, width = (image, image) if isinstance(image, int) else image
        yield case(name, {**args, "convention": "pytorch"}, torch_classifier(args, height, width))
        keras.utils.clear_session()
        model = keras.Sequential([keras.Input((height, width, reads))])
        for size in channels:
            model.add(keras.layers.Conv2D(size, 3, padding=padding))
            model.add(keras.layers.MaxPooling2D(2))
        flat = head == "flatten"
        model.add(keras.layers.Flatten() if flat else keras.layers.GlobalAveragePooling2D())
        for size in (*hidden, classes):
            model.add(keras.layers.Dense(size))
        tensors = [[keras_name(one.path, alone=False), list(one.shape)] for one in model.weights]
        yield case(name, {**args, "convention": "keras"}, tensors, model.count_params())
        frozen = flax.core.freeze(args)
        tensors = flax_tensors(_FlaxClassifier(frozen), jnp.zeros((1, height, width, reads)))
        yield case(name, {**args, "convention": "flax"}, tensors)


def torch_classifier(args: Case, height: int, width: int) -> Tensors:
    """Build a classifier with lazy dense layers, which find their inputs on an image."""
    module = torch.nn.ModuleDict({"conv": torch.nn.ModuleList(), "dense": torch.nn.ModuleList()})
    x = torch.zeros(1, args["in_channels"], height, width)
    reads = args["in_channels"]
    for size in args["conv_channels"]:
        layer = torch.nn.Conv2d(reads, size, args["kernel_size"], padding=args["padding"])
        module["conv"].append(layer)
        x, reads = torch.nn.functional.max_pool2d(layer(x), args["pool_size"]), size
    x = x.flatten(1) if args["head"] == "flatten" else x.mean((2, 3))
    for size in (*args["hidden_sizes"], args["num_classes"]):
        layer = torch.nn.LazyLinear(size)
        module["dense"].append(layer)
        x = layer(x)
    return torch_tensors(module)
