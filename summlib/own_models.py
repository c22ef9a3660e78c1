"""summlib's own models: verified, opened, fed with the sentences they were trained on."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from typing import Any

from summlib import adequacy, store
from summlib.adequacy import TranslationTable
from summlib.drafts import Drafter
from summlib.engines.base import Engine, Options
from summlib.errors import InputError, ModelDamaged
from summlib.hub_models import open_hub_engine
from summlib.names import FILE, KnownWords
from summlib.renderer import Renderer
from summlib.rendering import Languages
from summlib.text.glossary import Glossary, bundled_renderings, bundled_terms
from summlib.text.lexicon import Hint, Lexicon
from summlib.text.verbs import verb_hints

LEXICON = "lexicon.rows"
WEIGHTS = ("ct2/",)
REFERENCE_WEIGHTS = (
    *("model.safetensors", "config.json", "generation_config.json"),
    *("tokenizer_config.json", "vocab.json", "source.spm", "target.spm"),
)
"""What the engine pytorch reads in place of ``ct2/``."""


def find(name: str, languages: Languages, *, reference: bool = False) -> store.ModelInfo:
    """Return a model whose files were verified and whose direction is the one wanted.

    Args:
        name: Name or folder.
        languages: Source and target.
        reference: Whether it is to run on torch.

    Raises:
        ModelNotFound: No such model.
        ModelDamaged: A file is missing or altered.
        InputError: It translates between other languages.
    """
    weights = REFERENCE_WEIGHTS if reference else WEIGHTS
    info = store.open_verified(name, parts=(*weights, LEXICON, FILE, adequacy.FILE))
    wanted = (languages.source, languages.target)
    if wanted != (info.source_lang, info.target_lang):
        raise InputError(
            f"model {info.name!r} translates {info.source_lang} to {info.target_lang}, "
            f"not {wanted[0]} to {wanted[1]}"
        )
    return info


def open_renderer(
    info: store.ModelInfo,
    languages: Languages,
    *,
    options: Options,
    reference: bool = False,
    retries: bool = True,
    threads: int = 1,
    device: str = "cpu",
) -> Renderer:
    """Open a translator of sentences over one of summlib's own models.

    Args:
        info: The model, verified.
        languages: Source and target.
        options: Beam and the like.
        reference: Whether it is to run on torch.
        retries: Whether to decode again what came out badly.
        threads: Cores to use, 1 or more.
        device: ``cpu``, ``cuda``, ``cuda:N``, ``mps`` (on torch alone) or ``auto``.
    """
    engine = (
        _reference(info, languages, threads, device) if reference else _quick(info, threads, device)
    )
    # Weights and tables are read side by side: a quarter second less until the first sentence.
    # A process that ends waits for them: one that ends while CTranslate2 loads is aborted.
    for action, argument in ((adequacy.preload, info.path / adequacy.FILE), (_warm, engine)):
        with suppress(RuntimeError):  # no memory for a thread: then all is read when it is used
            threading.Thread(target=_ahead, args=(action, argument)).start()
    lexicon = _lexicon(str(info.path / LEXICON))
    return Renderer(
        engine,
        languages=languages,
        options=options,
        drafter=Drafter(
            known=KnownWords(
                info.path / FILE,
                listed=lambda w: lexicon.gloss(w) is not None,
                common=lexicon.is_common,
            ),
            # Hints for compounds cost 0.6 BLEU on the development sets, those for
            # listed words nothing.
            hints=lambda text, glossary: _hints(text, lexicon, glossary),
            table=TranslationTable(info.path / adequacy.FILE, lexicon),
            verbs=bool(info.card.get("verb_masks")),  # summlib.training.card writes it
        ),
        retries=retries,
        parallel=1 if reference else threads,  # torch's settings are those of a process
    )


def _hints(text: str, lexicon: Lexicon, glossary: Glossary) -> list[Hint]:
    """Return what to tell of a prepared sentence: the glossary, the dictionary, then verbs."""
    hints = lexicon.hints(text, compounds=False, glossary=glossary)
    taken = {i for hint in hints for i in range(hint.start, hint.end)}
    free = (h for h in verb_hints(text) if taken.isdisjoint(range(h.start, h.end)))
    return sorted([*hints, *free], key=lambda hint: hint.start)


@lru_cache(maxsize=2)
def _lexicon(path: str) -> Lexicon:
    """Open a model's dictionary with the bundled terms on top."""
    try:
        return Lexicon.open(path).layered(bundled_terms(), bundled_renderings())
    except InputError as error:
        cause = error.__cause__
        raise ModelDamaged(f"{path} cannot be read: {cause}; install the model again") from error


def _warm(engine: Engine) -> None:
    """Load an engine."""
    engine.lengths([""])


def _quick(info: store.ModelInfo, threads: int, device: str) -> Engine:
    from summlib.engines.ct2 import Ct2Engine

    return Ct2Engine(info.path / "ct2", threads=threads, device=device)


def _reference(info: store.ModelInfo, languages: Languages, threads: int, device: str) -> Engine:
    """Run the same weights, before they were rounded to int8."""
    from summlib.engines.checkpoints import open_checkpoint
    from summlib.engines.ct2 import MAX_INPUT

    return open_hub_engine(
        open_checkpoint(info.path),
        "translate",
        source_lang=languages.source,
        target_lang=languages.target,
        engine="pytorch",
        threads=threads,
        device=device,
        window=MAX_INPUT,
    )


def _ahead(action: Callable[[Any], object], argument: object) -> None:
    """Do ahead of its use what is done again, and then fails aloud, where it fails here."""
    with suppress(Exception):
        action(argument)
