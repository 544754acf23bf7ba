"""Operators and matrices → the bytes of an ONNX model: the few messages of the format that one small graph needs.

The format is Protocol Buffers (onnx.proto); the field numbers below are its.
"""

import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

IR_VERSION, OPSET = 9, 17
CONTRIB = "com.microsoft"
"""ONNX Runtime's own operators."""
FLOAT, INT32 = 1, 6
VARINT, BYTES, FIXED32 = 0, 2, 5
IS_FLOAT, IS_INT = 1, 2


@dataclass(frozen=True)
class Node:
    """One operator: names in, a name out."""

    operator: str
    inputs: Sequence[str]
    output: str
    numbers: Mapping[str, int | float] = field(default_factory=dict)
    domain: str = ""


@dataclass(frozen=True)
class Tensor:
    """What goes in or comes out; a name in the shape stands for a length that differs from run to run."""

    name: str
    kind: int
    shape: Sequence[int | str]


def model(nodes: Iterable[Node], inputs: Iterable[Tensor], outputs: Iterable[Tensor], weights: Iterable[bytes]) -> bytes:
    """The parts are put together once: the weights are most of them, and large."""
    parts = [
        *(_bytes(1, _node(node)) for node in nodes),
        _bytes(2, b"graph"),
        *weights,
        *(_bytes(11, _value(value)) for value in inputs),
        *(_bytes(12, _value(value)) for value in outputs),
    ]
    opsets = [_bytes(8, _bytes(1, domain.encode()) + _whole(2, version)) for domain, version in (("", OPSET), (CONTRIB, 1))]
    return b"".join([_whole(1, IR_VERSION), *opsets, _key(7, BYTES), _varint(sum(map(len, parts))), *parts])


def weight(name: str, values: NDArray[np.float32]) -> bytes:
    """A part of a model."""
    lengths = b"".join(_whole(1, length) for length in values.shape)
    return _bytes(5, lengths + _whole(2, FLOAT) + _bytes(8, name.encode()) + _bytes(9, values.astype("<f4").tobytes()))


def _node(node: Node) -> bytes:
    names = [_bytes(1, name.encode()) for name in node.inputs]
    numbers = [_bytes(5, _attribute(name, number)) for name, number in node.numbers.items()]
    return b"".join([*names, _bytes(2, node.output.encode()), _bytes(4, node.operator.encode()), *numbers, _bytes(7, node.domain.encode())])


def _attribute(name: str, number: int | float) -> bytes:
    if isinstance(number, float):
        return _bytes(1, name.encode()) + _key(2, FIXED32) + struct.pack("<f", number) + _whole(20, IS_FLOAT)
    return _bytes(1, name.encode()) + _whole(3, number) + _whole(20, IS_INT)


def _value(tensor: Tensor) -> bytes:
    lengths = [_whole(1, length) if isinstance(length, int) else _bytes(2, length.encode()) for length in tensor.shape]
    shape = b"".join(_bytes(1, length) for length in lengths)
    return _bytes(1, tensor.name.encode()) + _bytes(2, _bytes(1, _whole(1, tensor.kind) + _bytes(2, shape)))


def _bytes(number: int, content: bytes) -> bytes:
    return _key(number, BYTES) + _varint(len(content)) + content


def _whole(number: int, value: int) -> bytes:
    return _key(number, VARINT) + _varint(value & (1 << 64) - 1)


def _key(number: int, kind: int) -> bytes:
    return _varint(number << 3 | kind)


def _varint(value: int) -> bytes:
    made = bytearray()
    while value > 127:
        made.append(value & 127 | 128)
        value >>= 7
    return bytes([*made, value])
