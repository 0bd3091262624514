"""Build the ONNX graph of a BERT encoder from its safetensors weights.

The public sentence encoders of the MiniLM family are plain BERT encoders.
Their packages carry weights but no ONNX file, and torch (the usual exporter)
would be 200 MB and move Rasa's numpy pin, so the graph is written out here,
node by node, after the published architecture (Devlin et al. 2019).

The large products are of 8-bit integers, which halves the time of training and of
an answer; what that costs in accuracy is in benchmarks/README.md. Each token is
scaled by itself: with one scale for a whole batch, as ONNX Runtime's own dynamic
quantization has it, a sentence's vector would depend on its neighbors.

Some layers may stand in the graph twice: as published, and fine-tuned on the intents
(``fine_tuning``). Both read what the lower layers say, so that a message is read by two
encoders for half more than the price of one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from safetensors.numpy import load_file

# Opset 17 is the first with LayerNormalization as a single node.
_OPSET = 17
_IR_VERSION = 8
# ONNX Runtime's own operators: an integer product that leaves as floats.
_RUNTIME_OPS = "com.microsoft"
_LARGEST = 127
# Those below them say what is written and stay as published; the topmost is shaped for
# telling sentences' subjects apart, and the tuned reader does better without it.
TUNED_LAYERS = range(2, 5)
EMBEDDING, TUNED_EMBEDDING, TOKENS = "embedding", "tuned_embedding", "tokens"


class _Graph:
    """Collects nodes and weights; every method returns the name of its output."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []
        self.made: set[str] = set()

    def constant(self, name: str, value: np.ndarray) -> str:
        if name not in self.made:
            self.made.add(name)
            self.weights.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def add(self, op: str, output: str, *inputs: str, **attributes: Any) -> str:
        self.made.add(output)
        self.nodes.append(helper.make_node(op, list(inputs), [output], **attributes))
        return output


def layer_prefix(layer: int, tuned: bool = False) -> str:
    """How the names of a layer's weights begin; the tuned ones are named apart."""
    return f"{'tuned' if tuned else 'encoder'}.layer.{layer}."


def build_bert_graph(folder: Path, tuned: Mapping[str, np.ndarray] | None = None) -> bytes:
    """Serialised ONNX model of the encoder in ``folder``.

    ``folder`` holds ``config.json`` and ``model.safetensors`` of a BERT
    encoder with absolute positions and the exact (erf) GELU.

    Inputs of the graph: ``input_ids`` and ``attention_mask``, int64
    (batch, tokens). Outputs, float32: ``embedding`` (batch, hidden), the mean
    over the tokens that the mask keeps, of length one; ``tokens`` (batch,
    tokens, hidden), what the layers below ``TUNED_LAYERS`` give; with ``tuned``
    also ``tuned_embedding``, as ``embedding`` by the tuned layers alone.

    Args:
        tuned: weights of ``TUNED_LAYERS``, by names that begin with ``layer_prefix``.

    Raises:
        ValueError: the folder holds another architecture.
        FileNotFoundError: a file is missing.
    """
    config = json.loads((folder / "config.json").read_text())
    if config.get("model_type") != "bert" or config.get("hidden_act") != "gelu":
        raise ValueError(
            f"{folder / 'config.json'}: model_type {config.get('model_type')!r} with "
            f"hidden_act {config.get('hidden_act')!r} is not supported; "
            "give a BERT encoder with hidden_act 'gelu'."
        )
    if config["num_hidden_layers"] < TUNED_LAYERS.stop:
        raise ValueError(
            f"{folder / 'config.json'}: num_hidden_layers {config['num_hidden_layers']} is too "
            f"few; give an encoder of at least {TUNED_LAYERS.stop} layers."
        )
    weights = {**load_file(str(folder / "model.safetensors")), **(tuned or {})}
    hidden = config["hidden_size"]
    graph = _Graph()

    x = _embeddings(graph, weights, config)
    graph.add("Cast", "kept", "attention_mask", to=TensorProto.INT32)
    graph.add("Cast", "mask", "attention_mask", to=TensorProto.FLOAT)
    for layer in range(TUNED_LAYERS.start):
        x = _encoder_layer(graph, weights, layer_prefix(layer), x, config)
    tokens = graph.add("Identity", TOKENS, x)
    for layer in range(TUNED_LAYERS.start, config["num_hidden_layers"]):
        x = _encoder_layer(graph, weights, layer_prefix(layer), x, config)
    _mean_of_tokens(graph, x, EMBEDDING)
    if tuned:
        x = tokens
        for layer in TUNED_LAYERS:
            x = _encoder_layer(graph, weights, layer_prefix(layer, tuned=True), x, config)
        _mean_of_tokens(graph, x, TUNED_EMBEDDING)

    ints, floats = TensorProto.INT64, TensorProto.FLOAT
    shape = ["batch", "tokens"]
    outputs = {TOKENS: [*shape, hidden], EMBEDDING: ["batch", hidden]}
    if tuned:
        outputs[TUNED_EMBEDDING] = ["batch", hidden]
    proto = helper.make_graph(
        graph.nodes,
        "bert_encoder",
        [
            helper.make_tensor_value_info("input_ids", ints, shape),
            helper.make_tensor_value_info("attention_mask", ints, shape),
        ],
        [helper.make_tensor_value_info(name, floats, sizes) for name, sizes in outputs.items()],
        graph.weights,
    )
    model = helper.make_model(
        proto,
        opset_imports=[helper.make_opsetid("", _OPSET), helper.make_opsetid(_RUNTIME_OPS, 1)],
        ir_version=_IR_VERSION,
    )
    return bytes(model.SerializeToString())


def _embeddings(graph: _Graph, weights: dict[str, np.ndarray], config: dict[str, Any]) -> str:
    word = graph.constant("word", weights["embeddings.word_embeddings.weight"])
    position = graph.constant("position", weights["embeddings.position_embeddings.weight"])
    # Every token is of the first segment, so its vector is a constant.
    segment = graph.constant("segment", weights["embeddings.token_type_embeddings.weight"][0])
    words = graph.add("Gather", "words", word, "input_ids")
    # Slicing the table by the sentence's length is cheaper than Range + Gather.
    length = graph.add("Shape", "length", "input_ids", start=1, end=2)
    zero = graph.constant("zero", np.array([0], dtype=np.int64))
    positions = graph.add("Slice", "positions", position, zero, length, zero)
    total = graph.add("Add", "words_at", words, positions)
    total = graph.add("Add", "words_at_segment", total, segment)
    return _layer_norm(graph, weights, "embeddings.LayerNorm", total, config)


def _encoder_layer(
    graph: _Graph,
    weights: dict[str, np.ndarray],
    prefix: str,
    x: str,
    config: dict[str, Any],
) -> str:
    attention = prefix + "attention.self."
    parts = [attention + part for part in ("query", "key", "value")]
    offsets = np.concatenate([weights[part + ".bias"] for part in parts])
    context = graph.add(
        "MultiHeadAttention",
        prefix + "context",
        *[_product(graph, weights, part, x) for part in parts],
        graph.constant(attention + "b", offsets),
        "kept",
        domain=_RUNTIME_OPS,
        num_heads=config["num_attention_heads"],
    )
    x = _onto(graph, weights, prefix + "attention.output.", context, x, config)
    wide = _product(graph, weights, prefix + "intermediate.dense", x)
    offset = graph.constant(prefix + "wide.b", weights[prefix + "intermediate.dense.bias"])
    wide = graph.add("BiasGelu", prefix + "gelu", wide, offset, domain=_RUNTIME_OPS)
    return _onto(graph, weights, prefix + "output.", wide, x, config)


def _onto(
    graph: _Graph,
    weights: dict[str, np.ndarray],
    prefix: str,
    x: str,
    before: str,
    config: dict[str, Any],
) -> str:
    """What a dense layer makes of ``x``, added to what stood before, and normalized."""
    return graph.add(
        "SkipLayerNormalization",
        prefix + "out",
        _product(graph, weights, prefix + "dense", x),
        before,
        graph.constant(prefix + "norm.w", weights[prefix + "LayerNorm.weight"]),
        graph.constant(prefix + "norm.b", weights[prefix + "LayerNorm.bias"]),
        graph.constant(prefix + "b", weights[prefix + "dense.bias"]),
        domain=_RUNTIME_OPS,
        epsilon=float(config["layer_norm_eps"]),
    )


def _product(graph: _Graph, weights: dict[str, np.ndarray], name: str, x: str) -> str:
    """A dense layer without its offset, which the next operator adds on its way."""
    matrix = weights[name + ".weight"].T.astype(np.float32)
    steps = np.abs(matrix).max(axis=0) / _LARGEST
    quantized = graph.constant(name + ".w", np.round(matrix / steps).astype(np.int8))
    scale = graph.constant(name + ".scale", steps)
    tokens, token_scale = _quantized_tokens(graph, x)
    product = graph.add(
        "MatMulIntegerToFloat",
        name + ".product",
        tokens,
        quantized,
        graph.constant("unit", np.array(1.0, dtype=np.float32)),
        scale,
        graph.constant("middle", np.array(128, dtype=np.uint8)),
        graph.constant("center", np.array(0, dtype=np.int8)),
        domain=_RUNTIME_OPS,
    )
    return graph.add("Mul", name + ".scaled", product, token_scale)


def _quantized_tokens(graph: _Graph, x: str) -> tuple[str, str]:
    """The tokens as integers around 128, and what one step of each is worth."""
    if x + ".q" not in graph.made:
        largest = graph.constant("largest", np.array(_LARGEST, dtype=np.float32))
        tiny = graph.constant("tiny", np.array(1e-9, dtype=np.float32))
        size = graph.add("Abs", x + ".abs", x)
        peak = graph.add("ReduceMax", x + ".peak", size, axes=[-1], keepdims=1)
        peak = graph.add("Max", x + ".peak_at_least", peak, tiny)
        graph.add("Div", x + ".scale", peak, largest)
        spread = graph.add("Mul", x + ".spread", x, graph.add("Div", x + ".up", largest, peak))
        graph.add("QuantizeLinear", x + ".q", spread, "unit", "middle")
    return x + ".q", x + ".scale"


def _layer_norm(
    graph: _Graph,
    weights: dict[str, np.ndarray],
    name: str,
    x: str,
    config: dict[str, Any],
) -> str:
    return graph.add(
        "LayerNormalization",
        name + ".out",
        x,
        graph.constant(name + ".w", weights[name + ".weight"]),
        graph.constant(name + ".b", weights[name + ".bias"]),
        axis=-1,
        epsilon=float(config["layer_norm_eps"]),
    )


def _mean_of_tokens(graph: _Graph, x: str, output: str) -> str:
    last = graph.constant("last_axis", np.array([2], dtype=np.int64))
    token_axis = graph.constant("token_axis", np.array([1], dtype=np.int64))
    mask = graph.add("Unsqueeze", output + ".mask", "mask", last)
    kept = graph.add("Mul", output + ".kept", x, mask)
    total = graph.add("ReduceSum", output + ".sum", kept, token_axis, keepdims=0)
    # Scaling to length one makes dividing by the number of tokens needless.
    return graph.add("LpNormalization", output, total, axis=-1, p=2)
