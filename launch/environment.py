"""Settings that every process of the assistant shares. Standard library only."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CACHE = ROOT / ".cache"
MODELS = ROOT / "models"
LOOPBACK = "127.0.0.1"
_PROCESSOR = Path("/proc/cpuinfo")
# Kernels of OpenBLAS, the best first, and what a processor must know for them.
_KERNELS = {
    "SkylakeX": {"avx512f", "avx512bw", "avx512dq", "avx512vl", "avx512cd"},
    "Haswell": {"avx2", "fma"},
}


def process_environment(action_port: int) -> dict[str, str]:
    """Environment for Rasa and its action server: on loopback, silent, no telemetry."""
    return {
        **os.environ,
        "RASA_TELEMETRY_ENABLED": "false",
        # At DEBUG Rasa logs every message, and at INFO its libraries log who called,
        # so neither is left to what happens to be set where the servers are started.
        "LOG_LEVEL": "INFO",
        "LOG_LEVEL_LIBRARIES": "ERROR",
        # Our action server takes no packed calls.
        "COMPRESS_ACTION_SERVER_REQUEST": "false",
        # The SDK's server binds to all addresses unless told otherwise.
        "SANIC_HOST": LOOPBACK,
        "ACTION_ENDPOINT": f"http://{LOOPBACK}:{action_port}/webhook",
        "TRACKER_DB": os.environ.get("TRACKER_DB", str(CACHE / "conversations.db")),
        # TensorFlow fine-tunes in training, on the processor, and talks of it at length.
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "CUDA_VISIBLE_DEVICES": "",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "PYTHONWARNINGS": "ignore",
        "PYTHONPATH": str(ROOT),
        **_blas_settings(),
    }


def _blas_settings() -> dict[str, str]:
    """Which kernels NumPy's OpenBLAS takes, where it would take the slowest.

    The release that Rasa's NumPy brings takes a processor that is younger than itself for
    one of 2004, without AVX, and multiplies at a seventh of its speed.
    """
    if "OPENBLAS_CORETYPE" in os.environ or not _PROCESSOR.is_file():
        return {}
    can = set(_PROCESSOR.read_text().split())
    found = next((core for core, needs in _KERNELS.items() if needs <= can), None)
    return {"OPENBLAS_CORETYPE": found} if found else {}
