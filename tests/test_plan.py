"""The plan for many pages: the page states what the arithmetic gives, and that is right."""

from __future__ import annotations

import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
SCRIPT = ROOT / "benchmarks" / "plan.py"

pytestmark = pytest.mark.skipif(not SCRIPT.exists(), reason="benchmarks/ is not installed")


@pytest.fixture
def plan(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    monkeypatch.setitem(sys.modules, "plan", sys)  # where its dataclasses look for their names
    return runpy.run_path(str(SCRIPT), run_name="plan")


def test_the_page_states_what_the_rate_gives(plan: dict[str, Any]) -> None:
    page = (ROOT / "docs" / "scale.md").read_text(encoding="utf-8")
    assert plan["put"](page, plan["section"]()) == page


def test_the_arithmetic(plan: dict[str, Any]) -> None:
    """By hand: 7,200 pages at two a second on one core are an hour."""
    measured = plan["Measured"](documents_per_s=2, cores=1, page_bytes=1000)
    made = plan["Plan"](measured, 7_200_000)
    assert (made.core_hours, made.fleet_hours, made.shards) == (1000, 1, 720)
    assert made.usd == (10, 40)
    assert made.stored(1000) == "7.2 GB"
    doubled = plan["Plan"](plan["Measured"](documents_per_s=2, cores=2), 7_200_000)
    assert doubled.core_hours == 2 * made.core_hours


def test_a_plan_for_another_rate() -> None:
    command = [sys.executable, str(SCRIPT), "--documents-per-s", "10", "--cores", "10"]
    told = subprocess.run(
        [*command, "--pages", "3.6e6"], capture_output=True, check=True, text=True
    ).stdout
    assert "**1 core seconds a page**" in told
    assert "| core hours, at 1 s a page | 1,000 |" in told
    assert "| on 1,000 cores | 1 hours |" in told
