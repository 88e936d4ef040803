"""The lesson as a learner gets it: from a wheel, and as Binder installs it.

These tests make fresh environments and install into them: ``pytest -m install``.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests.project import project_files

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.install

TOKEN = "only-for-this-test"  # noqa: S105  # of a server that lives for seconds


def clean_env(home: Path) -> dict[str, str]:
    """Leave out of the environment what would bring this checkout into a fresh one."""
    left_out = ("PYTHON", "LESSON_", "JUPYTER", "IPYTHON", "VIRTUAL_ENV", "PIP_TARGET", "COV")
    env = {name: value for name, value in os.environ.items() if not name.startswith(left_out)}
    # Jupyter refuses to serve as root, which is who runs the tests in a container.
    config = home / ".jupyter"
    config.mkdir(parents=True, exist_ok=True)
    settings = {"ServerApp": {"allow_root": True}}
    (config / "jupyter_server_config.json").write_text(json.dumps(settings), "utf-8")
    return {**env, "JUPYTER_CONFIG_DIR": str(config), "JUPYTER_DATA_DIR": str(home / "share")}


def run(*words: str | Path, cwd: Path, env: dict[str, str], **more: Any) -> str:
    done = subprocess.run(
        list(map(str, words)),
        cwd=cwd,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=1200,
        **more,
    )
    assert done.returncode == 0, f"{' '.join(map(str, words))}\n{done.stdout[-4000:]}"
    said: str = done.stdout
    return said


def fresh_environment(folder: Path) -> Path:
    """Make an empty virtual environment and give the folder of its programs."""
    run(sys.executable, "-m", "venv", folder, cwd=folder.parent, env=clean_env(folder.parent))
    return folder / ("Scripts" if os.name == "nt" else "bin")


@pytest.fixture
def clone(root: Path, tmp_path: Path) -> Path:
    """Copy what a fresh clone of the project would have."""
    folder = tmp_path / "clone"
    for path in project_files(root):
        copy = folder / path.relative_to(root)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    return folder


def compare_notebooks(programs: Path, lesson: Path, settings: Path, env: dict[str, str]) -> str:
    return run(
        programs / "python",
        "-m",
        "pytest",
        "--nbval",
        "--nbval-sanitize-with",
        settings,
        "-p",
        "no:cacheprovider",
        "notebooks",
        cwd=lesson,
        env={**env, "LESSON_ANSWERS": str(lesson.parent / "nbval" / "answers")},
    )


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def wait_for(address: str, process: subprocess.Popen[str]) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        assert process.poll() is None, "the server stopped by itself"
        try:
            if httpx.get(address, trust_env=False).is_success:
                return
        except httpx.TransportError:
            time.sleep(0.3)
    pytest.fail(f"nothing answers at {address}")


def test_a_wheel_opens_the_lesson_in_an_empty_folder(clone: Path, tmp_path: Path) -> None:
    env = clean_env(tmp_path)
    programs = fresh_environment(tmp_path / "venv")
    wheels = tmp_path / "wheels"
    run(programs / "pip", "wheel", "--no-deps", "-w", wheels, clone, cwd=tmp_path, env=env)
    (wheel,) = wheels.iterdir()
    shutil.copyfile(clone / "tests" / "nbval.cfg", tmp_path / "nbval.cfg")
    shutil.rmtree(clone)  # nothing below may lean on the checkout
    run(programs / "pip", "install", f"{wheel}[test]", cwd=tmp_path, env=env)

    here = tmp_path / "empty"
    here.mkdir()
    port = free_port()
    server = f"http://127.0.0.1:{port}"
    with subprocess.Popen(
        [programs / "lesson", "start", "--no-browser", f"--port={port}"],
        cwd=here,
        env={**env, "JUPYTER_TOKEN": TOKEN},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        try:
            wait_for(f"{server}/api", process)
            asked = {"headers": {"Authorization": f"token {TOKEN}"}, "trust_env": False}
            listed = httpx.get(f"{server}/api/contents/notebooks", **asked).json()  # type: ignore[arg-type]
            page = httpx.get(f"{server}/lab/tree/notebooks/00_start.ipynb", **asked)  # type: ignore[arg-type]
            httpx.post(f"{server}/api/shutdown", **asked)  # type: ignore[arg-type]
            said, _ = process.communicate(timeout=30)
        finally:
            process.kill()
    lesson = here / "media-literacy-lesson"
    assert process.returncode == 0
    assert str(lesson) in said
    assert "00_start.ipynb" in [entry["name"] for entry in listed["content"]]
    assert page.is_success
    assert (lesson / "data" / "article.txt").is_file()

    report = compare_notebooks(programs, lesson, tmp_path / "nbval.cfg", env)
    assert re.search(r"\d+ passed", report)


def pip_lines(dockerfile: str) -> list[str]:
    """Find what a Dockerfile installs with pip."""
    return re.findall(r"^RUN +(\S*pip[0-9.]* +install\b.*)$", dockerfile, re.MULTILINE)


def test_binder_installs_the_lesson_and_its_notebooks_run(clone: Path, tmp_path: Path) -> None:
    pytest.importorskip("repo2docker", reason="repo2docker comes with the dev extra")
    env = clean_env(tmp_path)
    # With a folder of its own for Binder, repo2docker would not read pyproject.toml.
    assert not (clone / "binder").exists()
    assert not (clone / ".binder").exists()
    dockerfile = run(
        sys.executable, "-m", "repo2docker", "--no-build", "--debug", ".", cwd=clone, env=env
    )
    wanted = (clone / "runtime.txt").read_text("utf-8").strip().replace("python-", "python=")
    assert f"conda environment for {wanted}" in dockerfile
    lines = pip_lines(dockerfile)
    assert lines
    assert all(line.startswith("${KERNEL_PYTHON_PREFIX}/bin/pip") for line in lines)

    prefix = tmp_path / "kernel"
    programs = fresh_environment(prefix)
    for line in lines:
        words = shlex.split(line.replace("${KERNEL_PYTHON_PREFIX}", prefix.as_posix()))
        run(*words, cwd=clone, env=env)
    # Binder has no use for these two: they only compare.
    run(programs / "pip", "install", "nbval", "pytest", cwd=tmp_path, env=env)
    report = compare_notebooks(programs, clone, clone / "tests" / "nbval.cfg", env)
    assert re.search(r"\d+ passed", report)
