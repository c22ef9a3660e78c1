"""The comparison with other programs: its texts, its arithmetic, and a small run of it all."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import astuple
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "benchmarks"


@pytest.fixture
def modules(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the benchmarks' modules be imported, as they import each other."""
    names = [path.stem for path in FOLDER.glob("*.py")]
    monkeypatch.syspath_prepend(str(FOLDER))
    yield
    for name in names:
        sys.modules.pop(name, None)


@pytest.mark.usefixtures("modules")
def test_texts_from_a_clean_clone_are_enough_and_never_the_same_twice() -> None:
    from samples import read_samples

    samples = read_samples(1500, 60, dev=None)
    assert len(samples.sentences) == len(set(samples.sentences)) == 1500
    assert len(set(samples.articles)) == 60
    assert "seeds" in samples.origin
    assert read_samples(1500, 60, dev=None) == samples
    words = sum(len(s.split()) for s in samples.sentences)
    assert sum(len(d.split()) for d in samples.documents) == words


@pytest.mark.usefixtures("modules")
@pytest.mark.parametrize("words", [100, 20_000])
def test_documents_have_the_words_asked_for(words: int) -> None:
    from samples import read_samples

    assert len(read_samples(1, 20, dev=None).document(words).split()) == words


@pytest.mark.usefixtures("modules")
def test_variants_change_numbers_and_nouns_alone() -> None:
    from samples import unlike

    text = "Am 12. Mai sahen 1.200 Menschen in Hannover den Garten."
    first, second = islice(unlike([text, "Sie gingen mit Menschinnen durch den Torten."]), 1, 3)
    assert first == "Sie gingen mit Menschinnen durch den Torten."
    assert second != text
    assert re.sub(r"[\d\w]*[A-Z]\w*|\d+", "_", second) == re.sub(r"[\d\w]*[A-Z]\w*|\d+", "_", text)


@pytest.mark.usefixtures("modules")
def test_the_development_sets_are_read_where_they_are(tmp_path: Path) -> None:
    from samples import read_samples

    (tmp_path / "mt").mkdir()
    (tmp_path / "summ").mkdir()
    (tmp_path / "mt" / "wmt18.de").write_text("Eins kam.\n\nZwei ging.\n", encoding="utf-8")
    rows = [{"id": "a-1-de", "text": "Der Text."}, {"id": "a-2-de", "text": "Noch einer."}]
    cross = [{"id": "a-1", "text_de": "Derselbe."}, {"id": "a-3", "text_de": "Ein dritter."}]
    for name, found in (("swiss-lead-de", rows), ("swiss-cross", cross)):
        lines = "\n".join(json.dumps(row) for row in found)
        (tmp_path / "summ" / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    samples = read_samples(2, 3, dev=tmp_path)
    assert samples.sentences == ["Eins kam.", "Zwei ging."]
    assert samples.articles == ["Der Text.", "Noch einer.", "Ein dritter."]


def _record(name: str, what: str, number: int = 0, **figures: float) -> dict[str, Any]:
    return {"name": name, "what": what, "round": number, **figures}


def _table(records: list[dict[str, Any]], sizes: tuple[int, ...] = ()) -> Any:
    from contenders import CONTENDERS
    from results import Plan, Table
    from samples import Samples

    plan = Plan(
        samples=Samples(["Ein Satz."], ["Ein Text."], "a test"),
        sizes=sizes,
        rounds=3,
        threads=1,
        clock="wall",
        limit_s=10,
        absent={"transformers": ["torch"]},
    )
    names = {r["name"] for r in records}
    return Table([c for n, c in CONTENDERS.items() if n in names], records, plan)


@pytest.mark.usefixtures("modules")
def test_medians_ratios_and_bars() -> None:
    from results import bar_rows

    records = [
        _record(name, "batch", n, words=100, texts=10, seconds=seconds, peak_mb=1)
        for name, times in (("summlib", (1, 2, 9)), ("CTranslate2", (1, 1, 1)))
        for n, seconds in enumerate(times)
    ]
    table = _table(records)
    assert table.rate("summlib", "batch") == 50
    assert ["summlib : CTranslate2, batch", "0.50", ">= 0.95", "missed"] in bar_rows(table)
    assert table.rate("summlib", "single") is None


@pytest.mark.usefixtures("modules")
def test_exponents_and_what_took_too_long() -> None:
    from results import growth_rows, notes

    name, sizes = "LexRank, translated", (1000, 3000, 10_000, 30_000)
    records = [
        _record(name, f"growth-{size}", seconds=(size / 1000) ** 2, peak_mb=5) for size in sizes[:3]
    ]
    table = _table([*records, _record(name, "growth-30000", over=10)], sizes)
    assert growth_rows(table)[1][-4:] == ["–", "2.00", "2.00", "5"]
    assert "LexRank, translated: growth-30000 took over 10 s" in notes(table)
    assert "transformers: left out, torch not installed" in notes(table)


@pytest.mark.usefixtures("modules")
def test_the_log_survives_a_torn_line_and_skips_what_is_known(tmp_path: Path) -> None:
    from peers import Log

    path = tmp_path / "runs" / "log.jsonl"
    log = Log(path)
    log.add(_record("summlib", "batch", 0, seconds=1.0))
    log.add(_record("LexRank, translated", "growth-3000", 0, over=5.0))
    with path.open("a", encoding="utf-8") as file:
        file.write('{"name": "summlib", "wh')
    again = Log(path)
    assert again.has("summlib", "batch", 0)
    assert not again.has("summlib", "batch", 1)
    assert again.has("LexRank, translated", "growth-3000", 1)
    assert again.too_long("LexRank, translated", "growth-10000")
    assert not again.too_long("LexRank, translated", "growth-1000")
    again.add(_record("summlib", "batch", 1, seconds=1.0))
    assert Log(path).records == again.records


@pytest.mark.usefixtures("modules")
def test_packages_are_counted_with_what_they_need() -> None:
    from machine import closure, core_requirements, install_mb

    assert core_requirements() == ["click", "ctranslate2", "sentencepiece", "nltk"]
    assert {"ctranslate2", "numpy", "pyyaml"} <= set(closure(["ctranslate2", "not-a-package"]))
    assert install_mb(["ctranslate2"]) > install_mb(["numpy"]) > 1


@pytest.mark.usefixtures("modules", "bundled_model")
def test_a_small_run_writes_table_and_results(tmp_path: Path) -> None:
    """Two contenders that every installation has, and one that most do not."""
    command = [sys.executable, str(FOLDER / "peers.py"), "--seeds", "--sentences", "3"]
    command += ["--articles", "1", "--rounds", "1", "--threads", "1", "--sizes", "100", "200"]
    command += ["--only", "CTranslate2 beam 1", "summlib quick beam 1", "summlib summary quick"]
    command += ["Argos Translate", "--runs", str(tmp_path / "runs")]
    command += ["--out", str(tmp_path / "RESULTS.md"), "--plot", str(tmp_path / "plot.png")]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}

    def run() -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, capture_output=True, text=True, env=environment, check=False, cwd=tmp_path
        )

    first = run()
    assert first.returncode == 0, first.stderr
    row = re.search(r"summlib quick beam 1 +([\d,]+) +([\d.]+) +([\d,]+)", first.stdout)
    assert row, first.stdout
    assert int(row[1].replace(",", "")) > 0
    assert 0 < float(row[2]) < 2
    page = (tmp_path / "RESULTS.md").read_text(encoding="utf-8")
    assert "| summlib summary quick |" in page
    assert str(ROOT) not in page
    again = run()  # nothing is left to measure
    assert "round 1" not in again.stderr
    assert again.stdout == first.stdout


@pytest.mark.usefixtures("modules")
def test_trust_has_the_weights_that_the_judgements_give() -> None:
    from trust import area, fit, held_out, read

    from summlib.trust import BIAS, WEIGHTS

    judged = read()
    learnt = fit(judged.features, judged.right)
    assert [BIAS, *astuple(WEIGHTS)] == pytest.approx(list(learnt), rel=0.01)
    odds = held_out(judged)
    assert area(odds, judged.right) > 0.77
    sure, unsure = judged.right[odds > 1.5], judged.right[odds < -0.5]
    assert sure.mean() > 0.87
    assert unsure.mean() < 0.3


@pytest.mark.usefixtures("modules")
def test_the_judged_sentences_are_no_training_text() -> None:
    from trust import JUDGED

    from summlib.training.corpus import open_text, read_pairs

    texts = sorted((ROOT / "models/de-en").glob("written-*.tsv.xz"))
    written = {pair.source for path in texts for pair in read_pairs(path)}
    assert len(texts) == 2
    with open_text(JUDGED) as lines:
        judged = [json.loads(line)["de"] for line in lines]
    assert len(judged) == 499
    assert not written & set(judged)


@pytest.mark.usefixtures("modules")
def test_evidence_is_gathered_as_the_fit_reads_it(tmp_path: Path) -> None:
    from judging import gather, main, translate
    from trust import read

    sentences = ["Der Rat hat dem Plan zugestimmt.", "42", "Die Brücke wird erst 2028 fertig."]
    source, items, labels = (tmp_path / name for name in ("de.txt", "items.jsonl", "labels.txt"))
    source.write_text("\n".join(sentences), encoding="utf-8")
    main(["translate", str(source), str(items)])
    made = [json.loads(line) for line in items.read_text(encoding="utf-8").splitlines()]
    assert [item["source"] for item in made] == [sentences[0], sentences[2]]
    assert all(item["target"] for item in made)
    labels.write_text("1 2\n0 0 verb\n", encoding="utf-8")
    main(["gather", str(items), str(labels), str(tmp_path / "judged.tsv.xz"), "--text", "releases"])
    judged = read(tmp_path / "judged.tsv.xz")
    assert judged.right.tolist() == [True, False]
    assert judged.text.tolist() == ["releases", "releases"]
    assert judged.features[0][0] == pytest.approx(made[1]["evidence"]["total"], abs=0.001)
    with pytest.raises(ValueError, match="no item"):
        list(gather(list(translate(sentences[:1])), ["1 2"], "news"))
