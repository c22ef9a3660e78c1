"""Names of models on the Hub: ``ORG/NAME``, or ``ORG/NAME@REVISION`` for one version.

Only names with exactly one slash are names of the Hub, so that a misspelt name
of a bundled model never opens a connection. A name becomes a folder by writing
``--`` for the slash, which the Hub allows in no name; so a name that passes
here can leave neither the cache nor the folder of its model.
"""

from __future__ import annotations

import re

from summlib.errors import InputError

_PART = r"[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,94}[A-Za-z0-9_])?"
_NAME = re.compile(f"{_PART}/{_PART}")
_REVISION = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._/-]{0,198}[A-Za-z0-9])?")
_COMMIT = re.compile(r"[0-9a-f]{40}")


def is_name(text: str) -> bool:
    """Tell whether a text can be the name of a model on the Hub, with or without a revision.

    >>> is_name("Helsinki-NLP/opus-mt-de-en"), is_name("de-en"), is_name("../etc/passwd")
    (True, False, False)
    """
    name, at, revision = text.partition("@")
    return _is_plain_name(name) and (not at or _is_revision(revision))


def split(text: str, revision: str | None = None) -> tuple[str, str | None]:
    """Return name and revision, the latter None when neither text nor caller names one.

    Args:
        text: ``ORG/NAME`` or ``ORG/NAME@REVISION``.
        revision: A branch, tag or commit, given beside the text.

    Raises:
        InputError: The name or the revision is none, or two are given.

    >>> split("google/mt5-small@v1")
    ('google/mt5-small', 'v1')
    """
    name, at, named = text.partition("@")
    if at and revision is not None:
        raise InputError(f"{text!r} names a revision already; leave {revision!r} away")
    revision = named if at else revision
    if not _is_plain_name(name):
        raise InputError(f"{name!r} is no name of a model on the Hub; give ORG/NAME")
    if revision is not None and not _is_revision(revision):
        raise InputError(f"{revision!r} is no revision; give a branch, a tag or a commit")
    return name, revision


def is_commit(text: str) -> bool:
    """Tell whether a revision is a whole commit hash.

    >>> is_commit("main")
    False
    """
    return _COMMIT.fullmatch(text) is not None


def folder_name(name: str) -> str:
    """Return the folder of a model inside the cache.

    >>> folder_name("facebook/bart-base")
    'facebook--bart-base'
    """
    return name.replace("/", "--")


def _is_plain_name(text: str) -> bool:
    odd = "--" in text or ".." in text or text.endswith(".git")
    return _NAME.fullmatch(text) is not None and not odd


def _is_revision(text: str) -> bool:
    odd = ".." in text or "//" in text or "/." in text
    return _REVISION.fullmatch(text) is not None and not odd
