"""The rewriter's pairs: support found, what is not supported refused, files that train."""

from __future__ import annotations

import json
import lzma
import random
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from summlib.names import KnownWords
from summlib.proposals import mark
from summlib.training.__main__ import steps
from summlib.training.contamination import Protected
from summlib.training.corpus import Pair, rewriting_fault
from summlib.training.fusion import (
    COVERED,
    MOST_SENTENCES,
    Fusion,
    Tally,
    covered,
    fault,
    pairs_of,
    support,
)
from summlib.training.recipe import Recipe

ROOT = Path(__file__).resolve().parents[1]
KNOWN = KnownWords(ROOT / "models" / "de-en" / "words.txt.gz")
QUICK = settings(derandomize=True, deadline=None, max_examples=60)

BODY = (
    "Der Gemeinderat tagte am Dienstag drei Stunden lang.",
    "Das neue Hallenbad wird nach seinem Beschluss im Frühling 2027 eröffnet.",
    "Es kostet die Gemeinde 4,5 Millionen Franken.",
    "Die Schülerinnen und Schüler freuen sich schon.",
)
TITLE = "Neues Hallenbad"
LEAD = "Die Gemeinde eröffnet im Frühling 2027 ein neues Hallenbad für 4,5 Millionen Franken."


def fusion(target: str, *sources: str, lang: str = "de", title: str = TITLE) -> Fusion:
    return Fusion(lang, title, sources or BODY[1:3], target)


def record(**changes: Any) -> dict[str, Any]:
    return {"lang": "de", "title": TITLE, "text": "\n".join(BODY), "summary": LEAD, **changes}


# Support


def test_support_is_found_in_several_places() -> None:
    assert support(BODY, LEAD) == (1, 2)
    assert support(BODY, "Der Gemeinderat tagte drei Stunden.") == (0,)
    assert support(BODY, "Xylophon!") == ()


WORDS = ("bad", "rat", "gemeinde", "frühling", "stunden", "franken", "tagte", "kostet", "neue")
SENTENCES = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6), max_size=8)


@given(SENTENCES, st.lists(st.sampled_from(WORDS), min_size=1, max_size=8))
@QUICK
def test_support_is_small_ordered_and_shares_words(
    body: list[list[str]], target: list[str]
) -> None:
    texts = [" ".join(words) for words in body]
    places = support(texts, " ".join(target))
    assert len(places) <= MOST_SENTENCES
    assert list(places) == sorted(set(places))
    assert all(set(body[place]) & set(target) for place in places)
    assert bool(places) == any(set(words) & set(target) for words in body)


def test_words_are_covered_in_other_forms() -> None:
    assert covered(" ".join(BODY), LEAD) >= COVERED
    assert covered("Das Bundesamt für Kultur", "Kulturgüter") == 0.0
    assert covered("Die Verlängerung des Mandats", "Das Mandat wird verlängert") == 1.0


# What must not be learned


@pytest.mark.parametrize(
    ("pair", "reason"),
    [
        (fusion(LEAD), ""),
        (fusion(LEAD.replace("2027", "2028")), "not supported"),
        (fusion(LEAD.replace("4,5", "5,4")), "quantity not supported"),
        (fusion(LEAD.replace("eröffnet", "eröffnet nicht")), "negation not supported"),
        (fusion(LEAD.replace("Die Gemeinde", "Frau Schwippschwapp")), "name not supported"),
        (fusion("Dieses Hallenbad wird im Frühling 2027 eröffnet."), "points back"),
        (fusion("Am Dienstag freuen sich Lehrkräfte wegen Turngeräten."), "not supported"),
        (fusion("Neues Hallenbad eröffnet."), "too short"),
        (fusion("Hallenbad " * 46 + "."), "too long"),
        (fusion(LEAD.rstrip(".")), "no sentence"),
        (fusion(LEAD, *(BODY * 10)), "sources too long"),
        (
            fusion("In addition, the pool opens in spring 2027.", "The pool opens.", lang="en"),
            "points back",
        ),
    ],
)
def test_faults(pair: Fusion, reason: str) -> None:
    found = fault(pair, KNOWN)
    assert reason in found
    assert bool(reason) == bool(found)


def test_a_document_gives_its_pairs_and_counts_the_rest() -> None:
    tally = Tally()
    both = f"{LEAD} Zudem baut die Firma Zwirbelmoser 12 Häuser."
    pairs = list(pairs_of(record(summary=both), tally, KNOWN, Protected()))
    assert [(pair.target, pair.sources) for pair in pairs] == [(LEAD, BODY[1:3])]
    assert (tally.documents, tally.leads, tally.pairs) == (1, 2, {"de": 1})
    assert tally.refused.total() == 1
    assert tally.sizes == {2: 1}
    assert 0 < pairs[0].compression < 1
    assert 0 < pairs[0].novelty <= 1


@pytest.mark.parametrize("planted", [LEAD, TITLE + " in der Gemeinde am Fluss", BODY[1]])
def test_protected_text_is_refused_wherever_it_stands(planted: str) -> None:
    tally = Tally()
    title = planted if planted.startswith(TITLE) else TITLE
    made = list(pairs_of(record(title=title), tally, KNOWN, Protected([planted])))
    assert made == []
    assert tally.refused == {"in a test set": 1}


def test_novelty_counts_word_pairs_of_no_source() -> None:
    assert fusion(BODY[1], BODY[1]).novelty == 0.0
    assert fusion("Ein ganz anderer Satz.", BODY[1]).novelty == 1.0


# Files


def test_what_fuse_writes_can_be_collected_and_drawn(tmp_path: Path) -> None:
    corpus = tmp_path / "news.train.jsonl.xz"
    rows = [record(), record(lang="fr"), {"id": 3}, record(title="")]
    corpus.write_bytes(
        lzma.compress("\n".join(json.dumps(r) for r in rows[:1] + rows[2:]).encode())
    )
    (tmp_path / "dev").mkdir()
    (tmp_path / "dev" / "x.txt").write_text("Etwas, das sonst nirgends steht.", encoding="utf-8")
    given = [str(corpus), str(tmp_path / "out"), "--refuse", str(tmp_path / "dev")]
    given += ["--words", str(ROOT / "models" / "de-en" / "words.txt.gz")]
    result = CliRunner().invoke(steps, ["fuse", *given], catch_exceptions=False)
    assert json.loads(result.stdout)["pairs"] == {"de": 2}
    kept = json.loads((tmp_path / "out" / "fusion.json").read_text(encoding="utf-8"))
    assert kept == json.loads(result.stdout)
    recipe = tmp_path / "recipe.toml"
    recipe.write_text('name = "r"\ntask = "rewrite"\n[weights]\nnews = 1.0\n', encoding="utf-8")
    given = [str(tmp_path / "out"), "--refuse", str(tmp_path / "dev"), "--recipe", str(recipe)]
    given += ["--work", str(tmp_path / "work")]
    result = CliRunner().invoke(steps, ["collect", *given], catch_exceptions=False)
    assert json.loads(result.stdout) == {"pairs": 2, "refused": {}}
    line = (tmp_path / "work" / "corpus.tsv").read_text(encoding="utf-8").splitlines()[0]
    assert line == f"news\t{mark(BODY[1:3], title=TITLE, lang='de')}\t{LEAD}"


def test_passes_of_the_rewriter_keep_marks_and_numbers() -> None:
    from summlib.text.lexicon import Lexicon

    pairs = [Pair("news", mark(BODY[1:3], title=TITLE, lang="de"), LEAD)] * 40
    recipe = Recipe("r", task="rewrite", weights={"news": 1.0}, augment={"mask": 0.5})
    pytest.importorskip("torch", reason="passes are made with torch")
    from summlib.training.passes import make_pairs

    made = make_pairs(pairs, recipe, 0, lexicon=Lexicon({}))
    assert len(made) == 40
    for pair in made:
        assert pair.source.startswith("⟨de⟩ ⟨title⟩ ")
        assert pair.source.count("⟨sentence⟩") == 2
        assert pair.source.count("⟨mask⟩") == pair.target.count("⟨mask⟩")
    assert any("4,5 Millionen" in pair.target for pair in made)
    assert made != pairs


@pytest.mark.parametrize(
    ("source", "target", "reason"),
    [
        ("⟨de⟩ ⟨sentence⟩ " + "Wort " * 100, "Ein Satz.", ""),
        ("⟨de⟩ ⟨sentence⟩ Ein Satz.", "Ein Satz.", ""),
        ("⟨de⟩ ⟨sentence⟩ " + "Wort " * 200, "Ein Satz.", "too long"),
        ("Ein Satz ohne Marken.", "Ein Satz.", "no words"),
        ("⟨de⟩ ⟨sentence⟩ <b>Ein</b> Satz.", "Ein Satz.", "markup"),
    ],
)
def test_faults_of_a_marked_pair(source: str, target: str, reason: str) -> None:
    assert rewriting_fault(Pair("x", source, target)) == reason


@pytest.mark.train
def test_long_inputs_and_short_targets_share_batches_of_their_own_shapes() -> None:
    pytest.importorskip("torch")
    import numpy as np

    from summlib.training.batches import REWRITING, Encoded, Examples, plan_batches, stack

    rng = random.Random(1)
    sizes = [(rng.randint(20, 256), rng.randint(8, 60)) for _ in range(600)]

    def side(lengths: list[int]) -> Encoded:
        begin = np.concatenate([[0], np.cumsum(lengths)])
        return Encoded(np.full(begin[-1], 5, dtype=np.uint16), begin)

    examples = Examples(side([a for a, _ in sizes]), side([b for _, b in sizes]))
    plan = plan_batches(examples, batch_tokens=2048, seed="1", grid=REWRITING)
    assert sorted(int(i) for lines in plan for i in lines) == list(range(600))
    batches = [stack(examples, lines, pad=9, grid=REWRITING) for lines in plan]
    padded = sum(batch.target.numel() for batch in batches)
    assert padded < 2.2 * sum(b for _, b in sizes)
    assert len({(b.source.shape, b.target.shape) for b in batches}) < 70
