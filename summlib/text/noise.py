"""What a page carries around its text: menus, credits, adverts, notices.

The phrases are data (``data/noise.LANG.txt``); the rules that weigh them stand
here. A rule that takes out whole paragraphs wants several cues at once, and
what stands in quotation marks is never a cue: a report about a cookie banner
is not one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from summlib.text.cues import cues, stamp

_SENTENCE_END = re.compile(r"[.!?…:][\"'»«“”’)\]›‹]*(?:\[\d+\])*$")
_SENTENCE_GAP = re.compile(r"(?:[!?…]|(?<!\d)\.)[\"“”»«’)]*\s+(?=[„“\"»«(]?[A-ZÄÖÜ0-9])")
_QUOTED = re.compile(r"„[^„“”\"]*[“”\"]|“[^“”]*”|»[^»«]*«|«[^»«]*»|\"[^\"]*\"")
_EDGES = " \t•·|›»→←↑▲▼▶►>–—-:.…!+()[]"
_ADDRESS = re.compile(r"https?://|www\.|\S@\S|(?:Tel|Fax|Telefon|Phone)\b")
_PAGE = re.compile(r"(?:Seite|Page|S\.|p\.)?\s*[–-]?\s*\d{1,4}\s*(?:(?:von|of|/)\s*\d{1,4}|[–-])")
_FOOTNOTE = re.compile(r"\[\^\w{1,8}\]: ")
_PAGE_WORD = re.compile(r"(?:Seite|Page)\s+\d{1,4}")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_COPYRIGHT = re.compile(r"©|\(c\)|Copyright\b", re.IGNORECASE)
_NAMES = re.compile(
    r"(?:(?:Dr\.|Prof\.)\s)*[A-ZÄÖÜ][\w.'’-]+"
    r"(?:,? (?:und |and |von |de |van )?[A-ZÄÖÜ][\w.'’-]+){1,6}"
)
_BREADCRUMB = re.compile(r"\s*[>»›→]\s*|\s+/\s+")
_MENU_GAP = re.compile(r"\s*[|•·>»›→\t]\s*|\s+/\s+")
_PLACE = re.compile(r"[A-ZÄÖÜ][\w/-]+(?: [A-ZÄÖÜ(][\w/)-]+){0,2}, ?")
_MINUTES = re.compile(r"\d+\s*(?:Min\b|Minute|min\b)")

# A longer paragraph says more than a notice does; it also bounds the work.
MAX_LINE_WORDS, MAX_NOTICE_WORDS = 40, 200
ADVERT_SCORE, IMAGE_SCORE = 4, 3


@dataclass(slots=True)
class Unit:
    """A paragraph or line of a page while it is judged.

    Args:
        start: Offset of its first character, a list marker included.
        body: Offset of its first word.
        end: Offset behind its last character.
        text: Its words, normalised.
        kind: The kind of line it begins with.
        reason: Why it is dropped, empty when it stays.
    """

    start: int
    body: int
    end: int
    text: str
    kind: str
    reason: str = ""

    @property
    def words(self) -> int:
        """Number of words."""
        return len(self.text.split())

    @property
    def terminated(self) -> bool:
        """Whether it ends like a sentence."""
        return bool(_SENTENCE_END.search(self.text[-60:]))

    @property
    def prose(self) -> bool:
        """Whether it reads as running text."""
        if self.kind in ("heading", "table", "code", "ornament"):
            return False
        ended = self.terminated and not self.text.endswith(":")
        return (self.words >= 5 and ended) or self.words >= 25

    @property
    def single(self) -> bool:
        """Whether it is one sentence or less."""
        return not _SENTENCE_GAP.search(self.text)

    @property
    def bare(self) -> str:
        """Its words without bullets and closing punctuation."""
        return self.text.strip(_EDGES)


def judge(units: list[Unit], *, lang: str = "de") -> None:
    """Set ``reason`` on every unit that is noise.

    Args:
        units: The page from top to bottom; changed in place.
        lang: Language of the page.
    """
    for unit in units:
        unit.reason = _own_reason(unit, lang)
    _menus(units, lang)
    _headings_survive(units)
    for number, unit in enumerate(units):
        if not unit.reason:
            unit.reason = _reason_in_place(units, number, lang)


def _own_reason(unit: Unit, lang: str) -> str:
    """Judge a unit by its words alone."""
    words = unit.words
    if unit.kind == "code":
        return "code"
    if unit.kind == "ornament":
        return _ornament(unit)
    if words <= MAX_LINE_WORDS:
        for reason, rule in _LINE_RULES:
            if rule(unit, lang):
                return reason
    if words <= MAX_NOTICE_WORDS:
        if _is_advert(unit, lang):
            return "advert"
        if _is_cookie_notice(unit, lang):
            return "cookies"
    return ""


def _ornament(unit: Unit) -> str:
    """Judge a line without letters; figures may belong to a table."""
    if not any(c.isdigit() for c in unit.text):
        return "ornament"
    if _PAGE.fullmatch(unit.text) and not unit.text.isdigit():
        return "page-number"
    return "date" if stamp("de").fullmatch(unit.text) else ""


def _is_line(section: str) -> Callable[[Unit, str], bool]:
    """Make a rule: the whole line is one of the phrases."""
    return lambda unit, lang: bool(cues(lang, section).fullmatch(unit.bare))


def _is_footnote(unit: Unit, lang: str) -> bool:
    """Tell a footnote by the mark that the readers of documents put before it."""
    return bool(_FOOTNOTE.match(unit.text))


def _is_menu_line(unit: Unit, lang: str) -> bool:
    """Tell a breadcrumb, or three entries of which half are menu words."""
    if unit.prose and unit.terminated:
        return False
    crumbs = [x for x in _BREADCRUMB.split(unit.text) if x]
    if len(crumbs) > 2 and cues(lang, "menu.root").fullmatch(crumbs[0].strip(_EDGES)):
        return True
    entries = [x.strip(_EDGES) for x in _MENU_GAP.split(unit.text) if x.strip(_EDGES)]
    known = sum(bool(cues(lang, "menu").fullmatch(x)) for x in entries)
    return len(entries) >= 3 and 2 * known >= len(entries)


def _is_share_bar(unit: Unit, lang: str) -> bool:
    """Tell a line made of nothing but platforms and ways of sharing."""
    if cues(lang, "share.line").fullmatch(unit.bare):
        return True
    rest, found = cues(lang, "share").subn("", unit.text)
    return found >= 2 and not rest.strip(_EDGES + ",/&")


def _is_photo_credit(unit: Unit, lang: str) -> bool:
    text = unit.text.lstrip("([ ")
    if unit.words > 25 or not unit.single:
        return False
    start = cues(lang, "credit.start").match(text)
    if start and re.match(r"\s*\d*\s*[:©/|]|\s+©|\s*\(c\)", text[start.end() :]):
        return True
    agency = cues(lang, "credit.agency").search(text)
    if _COPYRIGHT.search(text) and not _YEAR.search(text):
        return bool(agency) or unit.words <= 8
    opens = agency is not None and agency.start() == 0
    return opens and unit.words <= 10 and "/" in text and not unit.terminated


def _is_copyright(unit: Unit, lang: str) -> bool:
    marked = _COPYRIGHT.match(unit.text) and (_YEAR.search(unit.text) or unit.words <= 8)
    return bool(marked) and unit.words <= 25


def _is_date(unit: Unit, lang: str) -> bool:
    """Tell a line that is a date, perhaps with its place ("Kiel, 14. Mai 2025")."""
    place = _PLACE.match(unit.text)
    return bool(stamp(lang).fullmatch(unit.text, place.end() if place else 0))


def _is_stamp(unit: Unit, lang: str) -> bool:
    """Tell a line of publication: "Stand: ...", "Lesezeit: 4 Min."."""
    text = unit.text.lstrip("([ ")
    if unit.words > 14 or not any(c.isdigit() for c in text):
        return False
    start = cues(lang, "stamp.start").match(text)
    if start is None:
        brief = unit.words <= 5 and cues(lang, "stamp.start").search(text)
        return bool(brief and _MINUTES.match(text))
    rest = text[start.end() :]
    dated = stamp(lang).search(rest) or _MINUTES.search(rest) or rest.startswith(":")
    left = _FILLER.sub(" ", _MINUTES.sub(" ", stamp(lang).sub(" ", rest)))
    return bool(dated) and len(left.split()) <= 4


_FILLER = re.compile(r"\b(?:am|um|vom|on|at|von|by|Uhr|Nr|read)\b|[\d:.,|/()–-]+")


def _is_byline(unit: Unit, lang: str) -> bool:
    start = cues(lang, "byline.start").match(unit.text)
    if start is None or unit.words > 8 or unit.terminated:
        return False
    return bool(_NAMES.fullmatch(unit.text[start.end() :].lstrip(": ")))


def _is_pointer(unit: Unit, lang: str) -> bool:
    """Tell "Lesen Sie mehr ..." and "Weitere Informationen ... abrufbar"."""
    if cues(lang, "more.line").fullmatch(unit.bare):
        return True
    if not unit.single:
        return False
    if cues(lang, "more.start").match(unit.text):
        return unit.words <= 30
    if not cues(lang, "more.offer").match(unit.text) or cues(lang, "negation").search(unit.text):
        return False
    placed, offered = (cues(lang, f"more.{x}").search(unit.text) for x in ("place", "available"))
    addressed = _ADDRESS.search(unit.text) or cues(lang, "more.where").search(unit.text)
    return bool(unit.words <= 4 or addressed or (placed and offered))


def _is_source(unit: Unit, lang: str) -> bool:
    text = unit.text.lstrip("([ ")
    start = cues(lang, "source.start").match(text)
    if start is None or not unit.single:
        return False
    return text[start.end() :].lstrip().startswith((":", "/"))


def _is_comment_prompt(unit: Unit, lang: str) -> bool:
    whole = cues(lang, "comment.line").fullmatch(unit.bare.strip("0123456789" + _EDGES))
    return bool(whole or cues(lang, "comment.start").match(unit.text))


def _is_legal(unit: Unit, lang: str) -> bool:
    return bool(cues(lang, "legal").search(_QUOTED.sub(" ", unit.text)))


def _is_page_number(unit: Unit, lang: str) -> bool:
    return bool(_PAGE.fullmatch(unit.text) or _PAGE_WORD.fullmatch(unit.text))


_LINE_RULES: tuple[tuple[str, Callable[[Unit, str], bool]], ...] = (
    ("navigation", _is_line("navigation.line")),
    ("cookies", _is_line("cookie.line")),
    ("navigation", _is_menu_line),
    ("share", _is_share_bar),
    ("comments", _is_comment_prompt),
    ("label", _is_line("label.line")),
    ("advert", _is_line("advert.line")),
    ("photo-credit", _is_photo_credit),
    ("copyright", _is_copyright),
    ("date", _is_date),
    ("publication", _is_stamp),
    ("byline", _is_byline),
    ("more", _is_pointer),
    ("source", _is_source),
    ("legal", _is_legal),
    ("footnote", _is_footnote),
    ("page-number", _is_page_number),
)


def _is_advert(unit: Unit, lang: str) -> bool:
    """Weigh the cues of an offer: what, for nothing, to you, and do it now.

    The product alone is worth nothing, and neither is any sum without a call:
    an unfinished last sentence that names an action ("... herunterladen", the
    words of a button), or an order to the reader about the page's own product.
    """
    text = _QUOTED.sub(" ", unit.text)
    if not cues(lang, "advert.product").search(text):
        return False
    free = bool(cues(lang, "advert.free").search(text))
    address = bool(cues(lang, "advert.address").search(text))
    postscript = bool(cues(lang, "advert.postscript").match(text))
    button = _has_button(unit, text, lang)
    order = _orders(text, lang) and bool(cues(lang, "advert.own").search(text))
    score = 1 + free + address + postscript + 2 * button + 2 * order
    if unit.single and unit.words <= 8:
        return button and free
    return (button or order) and score >= ADVERT_SCORE


def _has_button(unit: Unit, text: str, lang: str) -> bool:
    """Tell whether the last words are those of a button, not of a sentence."""
    last = _SENTENCE_GAP.split(text)[-1]
    if unit.terminated or len(last.split()) > 9 or cues(lang, "question").match(last):
        return False
    return bool(cues(lang, "advert.action").search(last))


def _orders(text: str, lang: str) -> bool:
    """Tell whether a sentence begins with an order ("Sichern Sie ...")."""
    sentences = _SENTENCE_GAP.split(text)
    return any(cues(lang, "advert.imperative").match(x) for x in sentences)


def _is_cookie_notice(unit: Unit, lang: str) -> bool:
    """Tell a consent notice: cookies, used by the page itself, to agree to."""
    text = _QUOTED.sub(" ", unit.text)
    if not cues(lang, "cookie.noun").search(text) or not cues(lang, "cookie.we").search(text):
        return False
    told = cues(lang, "cookie.consent").search(text) or cues(lang, "cookie.purpose").search(text)
    return bool(told)


def _menus(units: list[Unit], lang: str) -> None:
    """Drop runs of three or more short lines of which half are menu words."""
    run: list[Unit] = []
    for unit in [*units, None]:
        if unit and unit.words <= 4 and not unit.terminated and unit.kind != "heading":
            run.append(unit)
            continue
        known = [x for x in run if cues(lang, "menu").fullmatch(x.bare) or x.reason == "navigation"]
        if len(run) >= 3 and 2 * len(known) >= len(run):
            for entry in run[run.index(known[0]) : len(run) - run[::-1].index(known[-1])]:
                entry.reason = entry.reason or "navigation"
        run = []


def _headings_survive(units: list[Unit]) -> None:
    """Keep "Inhalt" or a chronicle's date where it heads a paragraph."""
    prose = [n for n, x in enumerate(units) if x.prose and not x.reason]
    first, last = (prose[0], prose[-1]) if prose else (len(units), 0)
    chronicle = sum(unit.reason == "date" for unit in units[first:]) > 1
    for number, unit in enumerate(units[:-1]):
        heads = units[number + 1].prose and not units[number + 1].reason
        inside = number > first or (number == 0 and unit.reason != "advert")
        if inside and unit.reason == "label":
            unit.reason = ""
        opens = heads or unit.text.endswith(":")
        if opens and inside and unit.words == 1 and unit.reason in _AMBIGUOUS:
            unit.reason = ""
        if unit.reason in ("date", "byline") and first + 1 - chronicle < number < last:
            unit.reason = ""


_AMBIGUOUS = ("navigation", "comments", "advert", "share", "more")


def _reason_in_place(units: list[Unit], number: int, lang: str) -> str:
    """Judge a unit by its neighbours."""
    if _is_image_text(units, number, lang):
        return "image-text"
    unit = units[number]
    below = units[number + 1] if number + 1 < len(units) else None
    if below and below.reason == "advert" and below.words <= 9 and unit.words <= MAX_NOTICE_WORDS:
        cued = ("advert.product", "advert.free", "advert.own")
        text = _QUOTED.sub(" ", unit.text)
        if all(cues(lang, section).search(text) for section in cued):
            return "advert"
    return ""


def _is_image_text(units: list[Unit], number: int, lang: str) -> bool:
    """Tell what a picture shows: foreign among the prose, or beside a credit."""
    unit = units[number]
    if not 4 <= unit.words <= 60 or _QUOTED.search(unit.text) or _ADDRESS.search(unit.text):
        return False
    if number and units[number - 1].text.endswith(":"):
        return False
    near = units[max(0, number - 2) : number + 3]
    score = 2 * bool(cues(lang, "image.start").match(unit.text))
    score += any(x.reason == "photo-credit" for x in near)
    score -= 2 * bool(_PERSON.search(unit.text))
    if lang == "de" and len(re.findall(r"\w+", unit.text)) >= 8 and _english(unit):
        alone = not any(_english(x) for x in near if x is not unit and not x.reason)
        score += alone * (2 + unit.terminated)
    return score >= IMAGE_SCORE


_PERSON = re.compile(r"\b(?:I|we|you|our|your|my)\b", re.IGNORECASE)


def _english(unit: Unit) -> bool:
    """Tell an English sentence from a German one by their function words."""
    words = re.findall(r"\w+", unit.text.casefold())
    german = [bool(cues("de", "function.de").fullmatch(word)) for word in words]
    english = [bool(cues("de", "function.en").fullmatch(word)) for word in words]
    # "in", "an", "was" and the like belong to both and prove nothing.
    only_german = sum(de and not en for de, en in zip(german, english, strict=True))
    only_english = sum(en and not de for de, en in zip(german, english, strict=True))
    return only_english >= max(2, 0.15 * len(words)) and only_german <= 0.2 * only_english
