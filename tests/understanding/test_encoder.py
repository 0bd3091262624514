"""The ONNX graph computes what the published architecture says."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file
from scipy.special import erf
from tokenizers import Tokenizer

from understanding.bert_graph import TUNED_LAYERS, build_bert_graph, layer_prefix
from understanding.encoder import (
    SentenceEncoder,
    default_model_folder,
    each_once,
    shared_encoder,
)

SENTENCES = ["How long is the recovery?", "Do I need a driver", "", "kyphoplasty " * 40]


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    return shared_encoder(default_model_folder())


def by_numpy(sentence: str) -> np.ndarray:
    """The same encoder written a second time, in plain numpy."""
    folder = default_model_folder()
    weights = load_file(str(folder / "model.safetensors"))
    config = json.loads((folder / "config.json").read_text())
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.enable_truncation(128)
    tokenizer.no_padding()
    ids = tokenizer.encode(sentence).ids

    def linear(name: str, x: np.ndarray) -> np.ndarray:
        return x @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]

    def norm(name: str, x: np.ndarray) -> np.ndarray:
        centered = x - x.mean(-1, keepdims=True)
        scaled = centered / np.sqrt((centered**2).mean(-1, keepdims=True) + 1e-12)
        return scaled * weights[f"{name}.weight"] + weights[f"{name}.bias"]

    x = weights["embeddings.word_embeddings.weight"][ids]
    x = x + weights["embeddings.position_embeddings.weight"][: len(ids)]
    x = norm("embeddings.LayerNorm", x + weights["embeddings.token_type_embeddings.weight"][0])
    heads = config["num_attention_heads"]
    for layer in range(config["num_hidden_layers"]):
        at = f"encoder.layer.{layer}."
        q, k, v = (
            linear(f"{at}attention.self.{n}", x).reshape(len(ids), heads, -1).transpose(1, 0, 2)
            for n in ("query", "key", "value")
        )
        scores = q @ k.transpose(0, 2, 1) / np.sqrt(q.shape[-1])
        attention = np.exp(scores - scores.max(-1, keepdims=True))
        attention /= attention.sum(-1, keepdims=True)
        context = (attention @ v).transpose(1, 0, 2).reshape(len(ids), -1)
        x = norm(
            f"{at}attention.output.LayerNorm", linear(f"{at}attention.output.dense", context) + x
        )
        wide = linear(f"{at}intermediate.dense", x)
        wide = wide * 0.5 * (1 + erf(wide / np.sqrt(2)))
        x = norm(f"{at}output.LayerNorm", linear(f"{at}output.dense", wide) + x)
    mean = x.mean(0)
    return np.asarray(mean / np.linalg.norm(mean))


@pytest.mark.parametrize("sentence", SENTENCES)
def test_agrees_with_numpy(encoder: SentenceEncoder, sentence: str) -> None:
    # Not to the last digit: the products of the encoder are of 8-bit integers.
    assert encoder.encode([sentence])[0] @ by_numpy(sentence) > 0.98


def test_batch_order_and_padding_do_not_matter(encoder: SentenceEncoder) -> None:
    together = encoder.encode(SENTENCES)
    alone = np.stack([encoder.encode([sentence])[0] for sentence in SENTENCES])
    np.testing.assert_allclose(together, alone, atol=2e-3)


def test_the_layers_that_are_tuned_stand_beside_the_published_ones(
    encoder: SentenceEncoder, tmp_path: Path
) -> None:
    folder = default_model_folder()
    published = load_file(str(folder / "model.safetensors"))
    copied = {
        layer_prefix(layer, tuned=True) + name.removeprefix(layer_prefix(layer)): weight
        for layer in TUNED_LAYERS
        for name, weight in published.items()
        if name.startswith(layer_prefix(layer))
    }
    vectors, tuned = SentenceEncoder(folder, copied).encode_twice(SENTENCES)
    np.testing.assert_allclose(vectors, encoder.encode(SENTENCES), atol=1e-6)
    # The same weights give what the published encoder would without the layers above.
    for name in ("model.safetensors", "tokenizer.json"):
        (tmp_path / name).symlink_to(folder / name)
    config = json.loads((folder / "config.json").read_text())
    (tmp_path / "config.json").write_text(
        json.dumps({**config, "num_hidden_layers": TUNED_LAYERS.stop})
    )
    np.testing.assert_allclose(tuned, SentenceEncoder(tmp_path).encode(SENTENCES), atol=1e-4)
    halved = {name: weight / 2 for name, weight in copied.items()}
    vectors_beside, other = SentenceEncoder(folder, halved).encode_twice(SENTENCES)
    np.testing.assert_allclose(vectors_beside, vectors, atol=1e-6)
    assert np.abs(other - tuned).max() > 0.01


def test_tokens_are_those_of_the_sentence(encoder: SentenceEncoder) -> None:
    vectors, tokens = encoder.encode_with_tokens(SENTENCES)
    np.testing.assert_allclose(vectors, encoder.encode(SENTENCES), atol=1e-6)
    alone = [encoder.encode_with_tokens([sentence])[1][0] for sentence in SENTENCES]
    assert [len(each) for each in tokens] == [len(each) for each in alone]
    # An empty sentence is its two marks.
    assert len(tokens[SENTENCES.index("")]) == 2


def test_each_text_is_encoded_once(encoder: SentenceEncoder) -> None:
    asked: list[str] = []

    def encode(texts: Sequence[str]) -> np.ndarray:
        asked.extend(texts)
        return encoder.encode(texts)

    once = each_once(encode)
    assert once([]).shape == (0, encoder.dimension)
    for texts in (["pain", "cement", "pain"], ["recovery", "cement"], ["pain"]):
        np.testing.assert_allclose(once(texts), encoder.encode(texts), atol=1e-6)
    assert asked == ["pain", "cement", "recovery"]


def test_meaning_is_near(encoder: SentenceEncoder) -> None:
    recovery, healing, driver = encoder.encode(
        ["How long is the recovery?", "When will I be healed?", "Who drives me home?"]
    )
    assert recovery @ healing > recovery @ driver


def test_another_architecture_is_refused(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text('{"model_type": "roberta", "hidden_act": "gelu"}')
    with pytest.raises(ValueError, match="roberta"):
        build_bert_graph(tmp_path)


def test_an_encoder_of_too_few_layers_is_refused(tmp_path: Path) -> None:
    config = {"model_type": "bert", "hidden_act": "gelu", "num_hidden_layers": 3}
    (tmp_path / "config.json").write_text(json.dumps(config))
    with pytest.raises(ValueError, match="num_hidden_layers 3"):
        build_bert_graph(tmp_path)
