"""What happens when something is wrong at the start."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from launch import model as launch_model
from launch.environment import LOOPBACK, ROOT, process_environment
from launch.servers import action_server, free_port


def run_serve(**environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "launch.run", "serve"],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=300,
    )


def test_a_taken_port_is_said() -> None:
    with socket.socket() as taken:
        taken.bind((LOOPBACK, 0))
        taken.listen()
        port = taken.getsockname()[1]
        ended = run_serve(PORT=str(port))
    assert ended.returncode == 1
    assert f"Port {port} is in use" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("port", ["http", "0", "70000", "-1"])
def test_a_port_that_is_none_is_said(port: str) -> None:
    ended = run_serve(PORT=port)
    assert f"PORT={port} is not a port" in ended.stderr


def test_a_broken_fact_store_stops_the_action_server(tmp_path: Path) -> None:
    (tmp_path / "facts").mkdir()
    ended = subprocess.run(
        [sys.executable, "-m", "launch.action_server", "-p", str(free_port())],
        cwd=tmp_path,
        env=process_environment(0),
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert ended.returncode != 0
    assert "facts/sources.yml: file: is missing" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_broken_fact_store_is_said_before_a_training(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "facts").mkdir()
    monkeypatch.setattr(launch_model, "ROOT", tmp_path)
    with pytest.raises(SystemExit, match=r"facts/sources\.yml: file: is missing"):
        launch_model.ensure_model()


def test_a_setting_that_cannot_be_used_stops_rasa_in_a_sentence(tmp_path: Path) -> None:
    model, credentials = tmp_path / "model.tar.gz", tmp_path / "credentials.yml"
    # Empty: it is not read that far.
    model.touch()
    credentials.write_text("channels.website.WebsiteInput:\n  turns: 20\n")
    command = [sys.executable, "-m", "launch.rasa_server", "run", "-m", str(model)]
    command += ["--credentials", str(credentials), "--endpoints", "endpoints.yml"]
    ended = subprocess.run(
        command, cwd=ROOT, env=process_environment(0), capture_output=True, text=True, timeout=300
    )
    assert ended.returncode == 1
    said = ended.stderr.splitlines()[-1]
    assert said.startswith("credentials.yml: the website channel knows no 'turns'.")
    assert "SettingsError" not in ended.stderr


def test_endpoints_that_cannot_be_used_stop_rasa_in_a_sentence(tmp_path: Path) -> None:
    endpoints = tmp_path / "points.yml"
    endpoints.write_text("tracker_stor:\n  type: SQL\n")
    command = [sys.executable, "-m", "launch.rasa_server", "run", "--endpoints", str(endpoints)]
    ended = subprocess.run(
        command, cwd=ROOT, env=process_environment(0), capture_output=True, text=True, timeout=300
    )
    assert ended.returncode == 1
    assert ended.stderr.splitlines()[-1].startswith(f"{endpoints}: Rasa knows no 'tracker_stor'")
    assert "SettingsError" not in ended.stderr


def test_a_server_that_dies_at_its_start_names_its_log(tmp_path: Path) -> None:
    log = tmp_path / "actions.log"
    with (
        pytest.raises(SystemExit, match=f"ended with code 1; see {log}"),
        action_server(free_port(), log, program="launch.no_such_program"),
    ):
        pass
    assert "no_such_program" in log.read_text()


def test_everything_stays_on_loopback_and_silent() -> None:
    environment = process_environment(5055)
    assert environment["SANIC_HOST"] == LOOPBACK
    assert environment["RASA_TELEMETRY_ENABLED"] == "false"
    assert LOOPBACK in environment["ACTION_ENDPOINT"]


def test_the_model_depends_on_the_questions_not_on_the_answers(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import shutil

    for name in ("config.yml", "domain.yml"):
        shutil.copy(ROOT / name, tmp_path / name)
    shutil.copytree(ROOT / "facts", tmp_path / "facts")
    monkeypatch.setattr(launch_model, "ROOT", tmp_path)
    before = launch_model.inputs_digest()
    clinic = tmp_path / "facts" / "clinic.yml"
    clinic.write_text(clinic.read_text().replace("Alliance Vascular", "Valley Spine"))
    assert launch_model.inputs_digest() == before
    config = tmp_path / "config.yml"
    config.write_text(config.read_text() + "\n# changed")
    assert launch_model.inputs_digest() != before
