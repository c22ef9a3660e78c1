"""What the benchmarks share: memory, sizes and versions as this machine has them."""

from __future__ import annotations

import configparser
import os
import platform
import re
import resource
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MB = 1024 * 1024


def peak_mb() -> float:
    """Return the most memory this process has taken.

    ``ru_maxrss`` begins with what the process that started this one had taken.
    """
    status = Path("/proc/self/status")
    if status.is_file():
        found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text(encoding="ascii"))
        return int(found[1]) / 1024 if found else 0.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def core_requirements() -> list[str]:
    """Return the packages that a plain install of summlib brings."""
    config = configparser.ConfigParser()
    config.read(ROOT / "setup.cfg", encoding="utf-8")
    lines = config["options"]["install_requires"].split()
    return [re.split(r"[<>=!]", line)[0] for line in lines]


def closure(roots: Iterable[str]) -> dict[str, Distribution]:
    """Return the installed packages among these and all that they need, by name.

    Args:
        roots: Names of packages; what is not installed is left out.
    """
    found: dict[str, Distribution] = {}
    waiting = list(roots)
    while waiting:
        name = re.sub(r"[-_.]+", "-", waiting.pop()).lower()
        if name in found:
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            continue
        waiting.extend(_needs(found[name]))
    return found


def _needs(dist: Distribution) -> Iterator[str]:
    """Yield what a package needs here, extras left out."""
    from packaging.requirements import Requirement

    for line in dist.requires or ():
        need = Requirement(line)
        if need.marker is None or need.marker.evaluate({"extra": ""}):
            yield need.name


def install_mb(roots: Iterable[str]) -> float:
    """Return the size on disk of packages and all that they need."""
    return sum(map(_size, closure(roots).values())) / MB


def _size(dist: Distribution) -> int:
    paths = (Path(str(file.locate())) for file in dist.files or ())
    return sum(path.stat().st_size for path in paths if path.is_file())


def versions(names: Iterable[str]) -> dict[str, str]:
    """Return the versions of the packages that are installed."""
    found = {}
    for name in names:
        try:
            found[name] = distribution(name).version
        except PackageNotFoundError:
            continue
    return found


def describe() -> str:
    """Return processor, cores, memory, system and Python on one line."""
    cores = f"{_cores()} of {os.cpu_count()} cores"
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / MB / 1024
    system = f"{platform.system()} {platform.release().split('-')[0]}"
    python = f"Python {platform.python_version()}"
    return f"{_processor()}, {cores}, {memory:.0f} GB of memory, {system}, {python}"


def _cores() -> int:
    usable = getattr(os, "sched_getaffinity", None)
    return len(usable(0)) if usable else os.cpu_count() or 1


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    text = info.read_text(encoding="utf-8") if info.is_file() else ""
    found = re.search(r"model name\s*:\s*(.+)", text)
    return found[1].strip() if found else platform.processor() or platform.machine()
