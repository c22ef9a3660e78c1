"""ROUGE, BLEU, chrF and their intervals."""

import builtins
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summlib.errors import InputError, MissingDependency
from summlib.scores.bleu import bleu
from summlib.scores.bootstrap import interval, mean_score
from summlib.scores.chrf import chrf
from summlib.scores.rouge import (
    combine,
    common_subsequence,
    rouge,
    rouge_l,
    rouge_n,
    stemmed,
    tokenize,
)

HYPOTHESES = ["Der Zug fährt ab Montag wieder.", "Über 30 Gäste kamen, 3,5 % mehr.", ""]
REFERENCES = ["Ab Montag fährt der Zug nach Ulm.", "Es kamen über 30 Gäste.", "Es regnet."]
tokens = st.lists(st.sampled_from("abcd"), max_size=12)
quick = settings(derandomize=True, deadline=None, max_examples=60)


def test_tokens_keep_german_letters():
    assert tokenize("Für Straßen") == ["für", "straßen"]


def test_values_equal_rouge_score():
    scorer_module = pytest.importorskip("rouge_score.rouge_scorer")

    class Unicode:
        def tokenize(self, text: str) -> list[str]:
            return tokenize(text)

    kinds = ["rouge1", "rouge2", "rougeL"]
    scorer = scorer_module.RougeScorer(kinds, tokenizer=Unicode())
    for h in HYPOTHESES:
        for r in REFERENCES:
            theirs = scorer.score(r, h)
            ours = [rouge_n(tokenize(h), tokenize(r), 1), rouge_n(tokenize(h), tokenize(r), 2)]
            ours.append(rouge_l(tokenize(h), tokenize(r)))
            assert ours == pytest.approx([100 * theirs[k].fmeasure for k in kinds])


def test_stemmed_values_equal_rouge_score():
    scorer_module = pytest.importorskip("rouge_score.rouge_scorer")
    scorer = scorer_module.RougeScorer(["rouge1", "rouge2", "rougeL"], use_stemmer=True)
    hypothesis = "The councils agreed on rebuilding two damaged bridges near the stations."
    reference = "A council agrees to rebuild the damage at bridges and one station."
    theirs = [100 * s.fmeasure for s in scorer.score(reference, hypothesis).values()]
    ours = rouge([hypothesis], [reference], stem="en")
    assert [s.value for s in ours] == pytest.approx(theirs)
    assert ours[0].value > rouge([hypothesis], [reference])[0].value
    assert "|stem:en|" in ours[0].signature


def test_german_stems_join_the_forms_of_a_word():
    assert stemmed(["häuser", "der"], "de") == stemmed(["hauses", "der"], "de")


@quick
@given(tokens, tokens)
def test_common_subsequence_equals_the_table(left, right):
    row = [0] * (len(right) + 1)
    for a in left:
        last = row
        row = [0]
        for j, b in enumerate(right):
            row.append(last[j] + 1 if a == b else max(last[j + 1], row[j]))
    assert common_subsequence(left, right) == row[-1]


@quick
@given(tokens, tokens)
def test_rouge_is_symmetric_and_bounded(left, right):
    for measure in (lambda h, r: rouge_n(h, r, 2), rouge_l):
        assert measure(left, right) == measure(right, left)
        assert 0 <= measure(left, right) <= 100


def test_best_reference_counts():
    best = rouge(["Der Zug hält."], [["Es regnet.", "Der Zug hält."]])
    assert [score.value for score in best] == [100, 100, 100]
    assert "refs:2|multi:max" in best[0].signature


def test_jackknife_leaves_each_reference_out():
    assert combine([0.0, 100.0], "jackknife") == 50
    assert combine([40.0], "jackknife") == 40


def test_signatures_tell_the_orders_apart():
    scores = rouge(HYPOTHESES, REFERENCES)
    assert len({score.signature for score in scores}) == 3
    assert rouge(HYPOTHESES, REFERENCES) == scores


@pytest.mark.parametrize("references", [[], ["eine", "zwei"]])
def test_lists_must_pair_up(references):
    with pytest.raises(InputError, match="reference"):
        rouge(["eine"], references)
    with pytest.raises(InputError, match="reference"):
        chrf(["eine"], references)


@quick
@given(st.lists(st.floats(0, 100), min_size=1, max_size=20))
def test_interval_lies_within_the_values(values):
    low, high = interval(values)
    assert min(values) - 1e-9 <= low <= high <= max(values) + 1e-9
    assert (low, high) == interval(values)


def test_interval_narrows_with_more_documents():
    few, many = mean_score("x", [0.0, 100.0] * 5, ""), mean_score("x", [0.0, 100.0] * 500, "")
    assert many.high - many.low < (few.high - few.low) / 5


def test_no_values_are_an_error():
    with pytest.raises(InputError):
        interval([])


def test_bleu_and_chrf_are_sacrebleus():
    metrics = pytest.importorskip("sacrebleu")
    outputs = ["The train runs again from Monday.", "It rained in Ulm all day long."]
    references = [["The train runs again on Monday."], ["It rained all day long in Ulm."]]
    streams = [[r[0] for r in references]]
    ours, theirs = bleu(outputs, references), metrics.corpus_bleu(outputs, streams)
    assert ours.value == pytest.approx(theirs.score)
    assert chrf(outputs, references).value == pytest.approx(
        metrics.corpus_chrf(outputs, streams).score
    )
    assert ours.low <= ours.high
    assert "tok:13a" in ours.signature
    assert bleu(outputs, references) == ours


def test_fewer_references_for_one_output_change_nothing_for_it():
    pytest.importorskip("sacrebleu")
    assert chrf(["Ulm"], [["Ulm", "Bonn"]]).value == pytest.approx(100)
    assert chrf(["Ulm", "Bonn"], [["Ulm", "Hof"], "Bonn"]).value == pytest.approx(100)


def test_missing_sacrebleu_names_the_pip_line(monkeypatch):
    real = builtins.__import__
    for name in [m for m in sys.modules if m.split(".")[0] == "sacrebleu"]:
        monkeypatch.delitem(sys.modules, name)

    def refuse(name, *args, **kwargs):
        if name.split(".")[0] == "sacrebleu":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr("importlib.import_module", refuse)
    with pytest.raises(MissingDependency, match=r"pip install 'summlib\[eval\]'"):
        bleu(["a"], ["a"])
