"""Train a model where none fits the current data, and only then."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from knowledge.content import ContentError
from knowledge.loader import load_store
from launch.environment import CACHE, MODELS, ROOT, process_environment

SPACY_PIPELINE = CACHE / "spacy" / "patient_faq_en"
# Whatever of these changes, the model no longer fits.
_INPUTS = (
    "config.yml",
    "domain.yml",
    "data/*.yml",
    "data/*.tsv",
    "nlu_components/*.py",
    "understanding/*.py",
    "requirements/runtime.txt",
    "requirements/encoder.txt",
)


def inputs_digest() -> str:
    """Digest of all that the model depends on.

    Of the facts only their questions: a corrected answer needs no training.

    Raises:
        SystemExit: the fact store is broken; with every problem of it.
    """
    try:
        store = load_store(ROOT / "facts")
    except ContentError as error:
        raise SystemExit(f"The fact store has problems:\n{error}") from None
    digest = hashlib.sha256(store.questions_digest.encode())
    for path in _input_files():
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0")
        digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _input_files() -> Iterator[Path]:
    for pattern in _INPUTS:
        yield from sorted(ROOT.glob(pattern))


def fitting_model() -> Path | None:
    """The trained model of the current data, None where there is none."""
    path = MODELS / f"faq-{inputs_digest()}.tar.gz"
    return path if path.exists() else None


def ensure_model(validated: bool = False) -> Path:
    """The fitting model, trained now if need be, with a line on what is done.

    Args:
        validated: Rasa has checked the data already and need not do so again.

    Raises:
        SystemExit: the fact store is broken, or training failed; its text says which.
    """
    found = fitting_model()
    if not found:
        return train(validated)
    _build_spacy_pipeline()
    print(f"The model {found.name} fits the data; nothing to train.", flush=True)
    return found


def train(validated: bool = False) -> Path:
    """Train a model of the current data, whether or not one exists."""
    _build_spacy_pipeline()
    name = f"faq-{inputs_digest()}"
    MODELS.mkdir(exist_ok=True)
    log = CACHE / "training.log"
    print(f"Training the model {name}: some fifteen minutes. (.cache/training.log)", flush=True)
    started = time.monotonic()
    command = [sys.executable, "-m", "rasa", "train", "--force"]
    command += ["--fixed-model-name", name, "--out", str(MODELS)]
    command += ["--skip-validation"] if validated else []
    with log.open("w") as output:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            # Each training is a whole one: what Rasa would keep of it, nobody reads.
            env={**process_environment(action_port=0), "RASA_MAX_CACHE_SIZE": "0"},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        while process.poll() is None:
            time.sleep(0.2)
            if os.isatty(1):
                print(f"\r  {time.monotonic() - started:4.0f} s", end="", flush=True)
    model = MODELS / f"{name}.tar.gz"
    if process.returncode or not model.exists():
        print(log.read_text()[-3000:], file=sys.stderr)
        raise SystemExit("Training failed; the reason stands above.")
    print(f"\rTrained in {time.monotonic() - started:.0f} s.", flush=True)
    _remove_older(model)
    return model


def _remove_older(model: Path) -> None:
    """Keep the last two models beside the new one: someone may compare them."""
    others = sorted(
        (p for p in MODELS.glob("faq-*.tar.gz") if p != model),
        key=lambda p: p.stat().st_mtime,
        reverse=True,
    )
    for path in others[2:]:
        path.unlink()


def _build_spacy_pipeline() -> None:
    # Built anew each time: it takes half a second and can never be stale.
    from understanding.spacy_pipeline import save_pipeline

    save_pipeline(ROOT / "data" / "entities.yml", SPACY_PIPELINE)


if __name__ == "__main__":
    train()
