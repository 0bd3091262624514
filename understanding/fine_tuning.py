"""Fine-tune layers of the sentence encoder on the intents, and on red flags.

The published encoder puts "numb legs since Monday" and "can my legs go numb from it"
side by side. Its middle layers can learn the difference; the lower ones stay, so what
they give is computed once. What this gives, and what it costs, is in
benchmarks/README.md. TensorFlow is there because Rasa needs it; it is used in
training alone, and what it learns runs in the encoder's graph (``bert_graph``).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import tensorflow as tf
from safetensors.numpy import load_file

from understanding.bert_graph import TUNED_LAYERS, layer_prefix

# Shares of the examples that a round looks at: those that were got worst before, in the
# first round by the regressions. Most are learned at first sight, and each look costs time.
_ROUNDS = (0.7, 0.5, 0.35)
_BATCH = 64
# Batches of sentences of like length, drawn from this many batches at a time.
_WINDOW = 50
_RATE_OF_LAYERS, _RATE_OF_SCORES = 6e-4, 5e-3
_WARM_UP = 0.06
_SMOOTHING = 0.05
# Vectors have length one; without this their products could not be told apart.
_SCALE = 20.0
_LARGEST_GRADIENT = 1.0
_MASKED = -1e9


@dataclass(frozen=True)
class FineTuned:
    """What was learned.

    Attributes:
        layers: weights for ``build_bert_graph``.
        scores: for each task float32 (dimension + 1, classes): a class's score is the
            product of its column with the tuned vector, to which a one is appended.
    """

    layers: dict[str, np.ndarray]
    scores: tuple[np.ndarray, ...]


def fine_tune(
    folder: Path,
    tokens: Sequence[np.ndarray],
    targets: np.ndarray,
    doubts: np.ndarray,
    seed: int = 0,
) -> FineTuned:
    """Learn to tell the classes of one or several tasks apart, with the same layers.

    Args:
        folder: of the published encoder.
        tokens: for each example what the lower layers give, float (tokens, dimension).
        targets: the class of each example in each task, int (examples, tasks), from 0;
            every class has one.
        doubts: how badly each example is told already, float32 (examples,); what is told
            best is not looked at.
        seed: of the order of examples and the first weights.
    """
    random = np.random.default_rng(seed)
    classes = [int(largest) + 1 for largest in targets.max(axis=0)]
    network = _Network(folder, classes, random)
    weights = np.stack([_weights(task) for task in targets.T], axis=1)
    counts = [int(np.ceil(len(targets) * share)) for share in _ROUNDS]
    steps = sum(-(-count // _BATCH) for count in counts)
    losses = doubts.copy()
    step = 0
    for count in counts:
        worst = np.argsort(-losses, kind="stable")[:count]
        for rows in _batches(tokens, worst, random):
            pace = min(1.0, (step + 1) / (_WARM_UP * steps)) * (1.0 - step / steps)
            padded, mask = _padded([tokens[row] for row in rows])
            losses[rows] = network.learn(padded, mask, targets[rows], weights[rows], pace)
            step += 1
    return network.learned()


def _weights(targets: np.ndarray) -> np.ndarray:
    """Rarer classes weigh more, but less than to make up for it."""
    counts = np.bincount(targets)
    return np.sqrt(len(targets) / (len(counts) * counts))[targets]


class _Network:
    """The tuned layers and a score for each class of each task, as TensorFlow variables."""

    def __init__(self, folder: Path, classes: Sequence[int], random: np.random.Generator) -> None:
        config = json.loads((folder / "config.json").read_text())
        published = load_file(str(folder / "model.safetensors"))
        self._heads, width = config["num_attention_heads"], config["hidden_size"]
        self._epsilon = float(config["layer_norm_eps"])
        self._prefixes = {
            layer_prefix(layer): layer_prefix(layer, tuned=True) for layer in TUNED_LAYERS
        }
        self._layers = {
            name: tf.Variable(weight)
            for name, weight in published.items()
            if name.startswith(tuple(self._prefixes))
        }
        self._scores = []
        for count in classes:
            first = random.normal(0.0, 0.02, (width, count)).astype(np.float32)
            self._scores += [tf.Variable(first), tf.Variable(np.zeros(count, dtype=np.float32))]
        self._paces = [tf.Variable(0.0, trainable=False) for _ in range(2)]
        self._optimizers = [tf.keras.optimizers.legacy.Adam(pace) for pace in self._paces]
        whole = tf.TensorSpec([None, None, width], tf.float32)
        self._learn = tf.function(
            self._learn_batch,
            input_signature=[
                whole,
                tf.TensorSpec([None, None], tf.float32),
                tf.TensorSpec([None, len(classes)], tf.int32),
                tf.TensorSpec([None, len(classes)], tf.float32),
            ],
            autograph=False,
        )

    def learn(
        self,
        tokens: np.ndarray,
        mask: np.ndarray,
        targets: np.ndarray,
        weights: np.ndarray,
        pace: float,
    ) -> np.ndarray:
        """One step on a batch; returns the loss of each example before it."""
        for variable, rate in zip(self._paces, (_RATE_OF_LAYERS, _RATE_OF_SCORES), strict=True):
            variable.assign(pace * rate)
        losses = self._learn(tokens, mask, targets.astype(np.int32), weights.astype(np.float32))
        return np.asarray(losses)

    def learned(self) -> FineTuned:
        layers = {
            self._prefixes[prefix] + name.removeprefix(prefix): variable.numpy()
            for name, variable in self._layers.items()
            for prefix in self._prefixes
            if name.startswith(prefix)
        }
        scores = tuple(
            np.vstack([matrix.numpy() * _SCALE, offset.numpy()[None, :]])
            for matrix, offset in self._tasks()
        )
        return FineTuned(layers, scores)

    def _tasks(self) -> Iterator[tuple[tf.Variable, tf.Variable]]:
        """Weights and offsets of each task's scores."""
        return zip(self._scores[::2], self._scores[1::2], strict=True)

    def _learn_batch(
        self, tokens: tf.Tensor, mask: tf.Tensor, targets: tf.Tensor, weights: tf.Tensor
    ) -> tf.Tensor:
        layers = list(self._layers.values())
        with tf.GradientTape() as tape:
            vectors = self._vectors(tokens, mask)
            losses = tf.stack(
                [
                    _losses(targets[:, task], tf.matmul(vectors * _SCALE, matrix) + offset)
                    for task, (matrix, offset) in enumerate(self._tasks())
                ],
                axis=1,
            )
            loss = tf.reduce_sum(weights * losses / tf.reduce_sum(weights, axis=0))
        gradients = tape.gradient(loss, [*layers, *self._scores])
        gradients, _ = tf.clip_by_global_norm(gradients, _LARGEST_GRADIENT)
        parts = (gradients[: len(layers)], layers), (gradients[len(layers) :], self._scores)
        for optimizer, (slopes, variables) in zip(self._optimizers, parts, strict=True):
            optimizer.apply_gradients(zip(slopes, variables, strict=True))
        return tf.reduce_sum(losses, axis=1)

    def _vectors(self, x: tf.Tensor, mask: tf.Tensor) -> tf.Tensor:
        """As ``bert_graph`` has it."""
        bias = ((1.0 - mask) * _MASKED)[:, None, None, :]
        for prefix in self._prefixes:
            x = self._layer(x, bias, prefix)
        return tf.math.l2_normalize(tf.reduce_sum(x * mask[:, :, None], axis=1), axis=-1)

    def _layer(self, x: tf.Tensor, bias: tf.Tensor, prefix: str) -> tf.Tensor:
        def heads_of(name: str) -> tf.Tensor:
            flat = self._linear(f"{prefix}attention.self.{name}", x)
            split = [tf.shape(x)[0], tf.shape(x)[1], self._heads, x.shape[2] // self._heads]
            return tf.transpose(tf.reshape(flat, split), [0, 2, 1, 3])

        query, key, value = heads_of("query"), heads_of("key"), heads_of("value")
        scores = tf.matmul(query, key, transpose_b=True) * float(query.shape[3]) ** -0.5
        attention = tf.nn.softmax(scores + bias)
        context = tf.transpose(tf.matmul(attention, value), [0, 2, 1, 3])
        context = tf.reshape(context, tf.shape(x))
        attended = self._linear(f"{prefix}attention.output.dense", context)
        x = self._norm(f"{prefix}attention.output.LayerNorm", x + attended)
        wide = _gelu(self._linear(f"{prefix}intermediate.dense", x))
        narrow = self._linear(f"{prefix}output.dense", wide)
        return self._norm(f"{prefix}output.LayerNorm", x + narrow)

    def _linear(self, name: str, x: tf.Tensor) -> tf.Tensor:
        weight = self._layers[f"{name}.weight"]
        # As one flat product, which is faster than one for each sentence.
        rows = tf.reshape(x, [-1, weight.shape[1]])
        flat = tf.matmul(rows, weight, transpose_b=True)
        shape = [tf.shape(x)[0], tf.shape(x)[1], weight.shape[0]]
        return tf.reshape(flat + self._layers[f"{name}.bias"], shape)

    def _norm(self, name: str, x: tf.Tensor) -> tf.Tensor:
        mean, variance = tf.nn.moments(x, [-1], keepdims=True)
        scaled = (x - mean) * tf.math.rsqrt(variance + self._epsilon)
        return scaled * self._layers[f"{name}.weight"] + self._layers[f"{name}.bias"]


@tf.custom_gradient
def _gelu(x: tf.Tensor) -> tuple[tf.Tensor, Callable[[tf.Tensor], tf.Tensor]]:
    """0.5 x (1 + erf(x / sqrt 2)); TensorFlow's own takes a twentieth of a step longer."""
    share = 0.5 * (1.0 + tf.math.erf(x * 0.5**0.5))

    def slope(above: tf.Tensor) -> tf.Tensor:
        return above * (share + x * tf.exp(-0.5 * x * x) * (2.0 * np.pi) ** -0.5)

    return x * share, slope


def _losses(targets: tf.Tensor, scores: tf.Tensor) -> tf.Tensor:
    """Cross entropy of each example, with smoothed truth."""
    classes = tf.shape(scores)[1]
    truth = tf.one_hot(targets, classes) * (1.0 - _SMOOTHING)
    truth += _SMOOTHING / tf.cast(classes, tf.float32)
    return tf.nn.softmax_cross_entropy_with_logits(truth, scores)


def _batches(
    tokens: Sequence[np.ndarray], rows: np.ndarray, random: np.random.Generator
) -> Iterator[np.ndarray]:
    """The rows in random batches of sentences of like length."""
    lengths = np.array([len(tokens[row]) for row in rows])
    order = random.permutation(len(rows))
    window = _BATCH * _WINDOW
    batches: list[np.ndarray] = []
    for start in range(0, len(order), window):
        drawn = order[start : start + window]
        drawn = drawn[np.argsort(lengths[drawn], kind="stable")]
        batches += [rows[drawn[i : i + _BATCH]] for i in range(0, len(drawn), _BATCH)]
    for i in random.permutation(len(batches)):
        yield batches[i]


def _padded(sentences: Sequence[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """The sentences as float32 (batch, tokens, dimension), and which tokens are theirs."""
    longest = max(map(len, sentences))
    padded = np.zeros((len(sentences), longest, sentences[0].shape[1]), dtype=np.float32)
    mask = np.zeros((len(sentences), longest), dtype=np.float32)
    for row, sentence in enumerate(sentences):
        padded[row, : len(sentence)] = sentence
        mask[row, : len(sentence)] = 1.0
    return padded, mask
