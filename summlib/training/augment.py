"""Change and add training pairs so that the model learns what plain text does not teach.

Hints (words of the reference told in advance), noise (odd case, typing
errors), entries of the dictionary, and sentences full of numbers. Everything
is drawn from the ``random.Random`` that the caller gives.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache

from summlib.text.lexicon import Entry, Hint, Lexicon, annotate
from summlib.text.terms import Token, words
from summlib.training.corpus import Pair
from summlib.training.reference import Reference

HINT_SHARES = (0.7, 0.7, 0.7, 0.7, 0.5, 0.5, 0.5, 0.5, 0.4, 0.2, 0.15, 0.1)
"""Probability of a hint by bucket: the rarer a word, the more often it is told."""

COMMON_SHARE = 0.04
"""The same above those buckets: enough to learn that any word may be told."""

PHRASE_SHARE = 0.4
GLOSSARY_SHARE = 0.15
"""Share of annotated lines in which, as a user's glossary does, any word or two are told."""

VERBATIM_SHARE = 0.15
"""Share of glossary-like hints in the very form of the reference, as some users write them."""

_TYPING = ("swap", "drop", "double", "neighbor")
_NEIGHBORS = {"a": "s", "e": "r", "i": "o", "n": "m", "r": "t", "s": "d", "t": "z", "u": "i"}
_ASCII = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"}
)


class Augmenter:
    """Applies the treatments of a recipe to the pairs of a pass.

    Args:
        lexicon: The dictionary that hints come from.
        shares: By treatment, 0 to 1: ``hint`` and ``noise`` are shares of the
            lines, ``lexicon`` and ``numbers`` how many pairs are added per line.

    >>> lexicon = Lexicon({"Stellwerk": "signal box\\t0"})
    >>> augment = Augmenter(lexicon, {"hint": 1.0})
    >>> pair = Pair("x", "Das Stellwerk brannte.", "The signal box was on fire.")
    >>> augment(pair, random.Random(1)).source
    'Das Stellwerk ⟪signal box⟫ brannte.'
    """

    def __init__(self, lexicon: Lexicon, shares: Mapping[str, float]) -> None:
        self.lexicon, self.shares = lexicon, dict(shares)
        self._entries: list[Entry] | None = None

    def __call__(self, pair: Pair, rng: random.Random) -> Pair:
        """Return a prepared pair with noise, then hints, on its source; the target stays."""
        source = pair.source
        if rng.random() < self.shares.get("noise", 0.0):
            source = add_noise(source, rng)
        source = add_hints(source, pair.target, self.lexicon, rng, self.shares.get("hint", 0.0))
        return pair if source is pair.source else replace(pair, source=source)

    def synthetic(self, count: int, rng: random.Random) -> list[Pair]:
        """Return the pairs to add to a pass of ``count`` lines, not yet prepared."""
        entries = round(count * self.shares.get("lexicon", 0.0))
        numbers = round(count * self.shares.get("numbers", 0.0))
        pairs = [self._dictionary_line(rng) for _ in range(entries)]
        return pairs + [synthesize_numbers(rng) for _ in range(numbers)]

    def _dictionary_line(self, rng: random.Random) -> Pair:
        """One to four entries in a row: a row costs little more than one and teaches more."""
        if self._entries is None:
            self._entries = [e for e in self.lexicon if e.translation not in ("", e.headword)]
        chosen = rng.choices(self._entries, k=rng.choice((1, 1, 2, 3, 4)))
        link = rng.choice(((", ", ", "), (" und ", " and "), (" oder ", " or "), (" - ", " - ")))
        last = link if len(chosen) > 1 else ("", "")
        sides = [[e.headword for e in chosen], [e.translation for e in chosen]]
        german, english = (", ".join(s[:-1]) + last[i] + s[-1] for i, s in enumerate(sides))
        return Pair("lexicon", german, english)


def add_hints(source: str, target: str, lexicon: Lexicon, rng: random.Random, share: float) -> str:
    """Tell some words of the target in advance, behind the source words they translate.

    A hint is the dictionary's lemma, spelled as the target spells it; only what
    stands in the target, in some form, is told. Without its hints the result is
    ``source``.

    Args:
        source: The prepared German line.
        target: Its plain English line.
        lexicon: Where translations come from.
        rng: Source of chance.
        share: Share of the lines to annotate at all, 0 to 1.
    """
    if rng.random() >= share:
        return source
    tokens = words(source)
    reference = Reference(target)
    hints = [*_phrase_hints(tokens, reference, lexicon, rng)]
    taken = {i for h in hints for i in range(h.start, h.end)}
    if rng.random() < GLOSSARY_SHARE:
        hints += _glossary_hint(tokens, reference, lexicon, rng, taken)
    for token in tokens:
        entry = lexicon.gloss(token.text, first=token.first)
        if entry is None or not entry.translation or token.start in taken:
            continue
        likely = HINT_SHARES[entry.bucket] if entry.bucket < len(HINT_SHARES) else COMMON_SHARE
        if rng.random() < likely:
            translation = reference.agreed(entry, token.text)
            if translation:
                hints.append(Hint(token.start, token.end, translation))
    return annotate(source, hints) if hints else source


def _phrase_hints(
    tokens: list[Token], reference: Reference, lexicon: Lexicon, rng: random.Random
) -> list[Hint]:
    hints, free = [], 0
    for start, end, entry in lexicon.phrases(tokens):
        told = reference.agreed(entry, "") if entry.translation and start >= free else ""
        if told and rng.random() < PHRASE_SHARE:
            hints.append(Hint(tokens[start].start, tokens[end - 1].end, told))
            free = end
    return hints


def _glossary_hint(
    tokens: list[Token],
    reference: Reference,
    lexicon: Lexicon,
    rng: random.Random,
    taken: set[int],
) -> list[Hint]:
    """Tell one word, or two that are neighbours on both sides, however common."""
    at = rng.randrange(len(tokens)) if tokens else 0
    for i in range(at, min(at + 3, len(tokens))):
        here = _aligned(tokens[i], reference, lexicon)
        if here is None or tokens[i].start in taken:
            continue
        start, end, told = tokens[i].start, tokens[i].end, here[1]
        after = _aligned(tokens[i + 1], reference, lexicon) if i + 1 < len(tokens) else None
        place = here[0]
        if after is not None and after[0][0] == place[1] and tokens[i + 1].start == end + 1:
            end, told = tokens[i + 1].end, f"{told} {after[1]}"
            place = (place[0], after[0][1])
        if rng.random() < VERBATIM_SHARE:
            told = " ".join(reference.words[place[0] : place[1]])
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            return [Hint(start, end, told)]
    return []


def _aligned(
    token: Token, reference: Reference, lexicon: Lexicon
) -> tuple[tuple[int, int], str] | None:
    entry = lexicon.gloss(token.text, first=token.first)
    translation = reference.agreed(entry, token.text) if entry and entry.translation else ""
    place = reference.find(translation) if translation else None
    return None if place is None else (place, translation)


def add_noise(source: str, rng: random.Random) -> str:
    """Spoil a line the way people and programs do, in one way of five.

    Lower case or capitals throughout, umlauts written out, one typing error,
    the final mark lost.
    """
    kind = rng.random()
    if kind < 0.15:
        return source.lower()
    if kind < 0.25:
        return source.upper()
    if kind < 0.45:
        return source.translate(_ASCII)
    if kind < 0.65:
        return source.rstrip(".!?")
    return _mistype(source, rng)


def _mistype(source: str, rng: random.Random) -> str:
    places = [m.start() + 1 for m in re.finditer(r"[^\W\d_]{5,}", source)]
    if not places:
        return source
    at = rng.choice(places) + rng.randrange(3)
    one, two = source[at], source[at + 1]
    change = {
        "swap": two + one,
        "drop": two,
        "double": one + one + two,
        "neighbor": _NEIGHBORS.get(one, one) + two,
    }[rng.choice(_TYPING)]
    return source[:at] + change + source[at + 2 :]


def synthesize_numbers(rng: random.Random) -> Pair:
    """Return a sentence with numbers, German notation on the German side.

    Both sides grow from one rule of a synchronous grammar (Aho & Ullman 1969),
    so that every value stands on both.
    """
    german, english = _expand("S", rng)
    german, english = (side[0].upper() + side[1:] for side in (german, english))
    return Pair("numbers", german, english.replace("..", "."))  # "at 9 a.m.." has one too many


@lru_cache(maxsize=1)
def _grammar() -> dict[str, list[tuple[str, str]]]:
    rules: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for line in _RULES.strip().split("\n"):
        german, bar, english = line.partition(" | ")
        if bar:
            rules["S"].append((german, english))
        else:
            symbol, _, listed = line.partition(": ")
            pairs = (pair.partition(" = ") for pair in listed.split("; "))
            rules[symbol] += [(german, english) for german, _, english in pairs]
    return rules


def _expand(symbol: str, rng: random.Random) -> tuple[str, str]:
    if symbol in _VALUES:
        return _VALUES[symbol](rng)
    german, english = rng.choice(_grammar()[symbol])
    for slot in re.findall(r"\{(\w+)\}", german):
        one, other = _expand(slot.rstrip("123456789"), rng)
        german = german.replace(f"{{{slot}}}", one)
        english = english.replace(f"{{{slot}}}", other)
    return german, english


def _german(number: str) -> str:
    """Turn English notation into German: 1,234.5 → 1.234,5."""
    return number.translate(str.maketrans(",.", ".,"))


def _whole(rng: random.Random) -> tuple[str, str]:
    value = round(10 ** rng.uniform(0.3, 7))
    number = str(value) if value < 10_000 and rng.random() < 0.3 else f"{value:,}"
    return _german(number), number


def _decimal(rng: random.Random) -> tuple[str, str]:
    number = f"{10 ** rng.uniform(-0.5, 2.9):,.{rng.choice((1, 1, 2))}f}"
    return _german(number), number


def _percent(rng: random.Random) -> tuple[str, str]:
    german, english = _decimal(rng) if rng.random() < 0.6 else (str(rng.randint(1, 100)),) * 2
    one, other = rng.choice(((" Prozent", " percent"), ("%", "%"), (" %", "%")))
    return german + one, english + other


def _money(rng: random.Random) -> tuple[str, str]:
    german, english = rng.choice((_whole, _decimal))(rng)
    one, other = _expand("currency", rng)
    if "," in german and rng.random() < 0.7:
        scale, english_scale = _expand("scale", rng)
        return f"{german} {scale} {one}", f"{english} {english_scale} {other}"
    return f"{german} {one}", f"{english} {other}"


def _date(rng: random.Random) -> tuple[str, str]:
    day, year = rng.randint(1, 31), rng.randint(1900, 2035)
    german, english = _expand("month", rng)
    tail = f" {year}" if rng.random() < 0.6 else ""
    return f"{day}. {german}{tail}", f"{day} {english}{tail}"


def _span(rng: random.Random) -> tuple[str, str]:
    """Two days of one month; the bare form, without prepositions."""
    first = rng.randint(1, 27)
    last = rng.randint(first + 1, 28)
    german, english = _expand("month", rng)
    return f"{first}. bis {last}. {german}", f"{first} to {last} {english}"


def _clock(rng: random.Random) -> tuple[str, str]:
    hour, minute = rng.randint(0, 23), rng.choice((0, 15, 30, 45, rng.randint(1, 59)))
    if minute == 0 and hour:
        return f"{hour} Uhr", f"{hour}:00"  # as the model reads it, see summlib.text.spoken
    return f"{hour}{rng.choice('.:')}{minute:02} Uhr", f"{hour}:{minute:02}"


def _ordinal(rng: random.Random) -> tuple[str, str]:
    value = rng.choice((rng.randint(1, 31), rng.randint(1, 130)))
    ending = {1: "st", 2: "nd", 3: "rd"}.get(value % 10 if value // 10 % 10 != 1 else 0, "th")
    return f"{value}.", f"{value}{ending}"


def _same(low: int, high: int) -> Callable[[random.Random], tuple[str, str]]:
    return lambda rng: (str(rng.randint(low, high)),) * 2


_VALUES: dict[str, Callable[[random.Random], tuple[str, str]]] = {
    **{"n": _whole, "dec": _decimal, "pct": _percent, "money": _money, "date": _date},
    **{"span": _span, "clock": _clock, "ord": _ordinal},
    **{"few": _same(2, 99), "year": _same(1850, 2060), "goal": _same(0, 9), "deg": _same(-25, 42)},
}

_RULES = """
figure: der Umsatz = revenue; der Gewinn = profit; die Inflation = inflation
figure: die Arbeitslosigkeit = unemployment; die Produktion = production; der Verkehr = traffic
figure: die Nachfrage = demand; der Verbrauch = consumption; der Export = exports
place: in Bayern = in Bavaria; in der Schweiz = in Switzerland; in Köln = in Cologne
place: in Österreich = in Austria; im Norden = in the north; weltweit = worldwide
people: Menschen = people; Einwohner = inhabitants; Besucher = visitors; Kinder = children
people: Beschäftigte = employees; Haushalte = households; Firmen = companies
dative: Menschen = people; Einwohnern = inhabitants; Besuchern = visitors; Kindern = children
dative: Beschäftigten = employees; Haushalten = households; Firmen = companies
day: Montag = Monday; Dienstag = Tuesday; Mittwoch = Wednesday; Donnerstag = Thursday
day: Freitag = Friday; Samstag = Saturday; Sonntag = Sunday
unit: Kilometer = kilometres; Meter = metres; Tonnen = tonnes; Hektar = hectares
unit: Quadratkilometer = square kilometres; Kilogramm = kilograms; Liter = litres
about: rund = around; etwa = about; knapp = just under; mehr als = more than; fast = almost
about: mindestens = at least; höchstens = at most
scale: Millionen = million; Mio. = million; Milliarden = billion; Mrd. = billion
currency: Euro = euros; Franken = Swiss francs; Dollar = dollars; Pfund = pounds; Yen = yen
month: Januar = January; Februar = February; März = March; April = April; Mai = May
month: Juni = June; Juli = July; August = August; September = September
month: Oktober = October; November = November; Dezember = December
{figure} stieg {place} um {pct}. | {figure} rose by {pct} {place}.
{figure} sank um {pct} auf {money}. | {figure} fell by {pct} to {money}.
{figure} ist im Jahr {year} um {pct} gewachsen. | {figure} grew by {pct} in {year}.
{figure} wuchs von {pct1} auf {pct2}. | {figure} grew from {pct1} to {pct2}.
{place} leben {about} {n} {people}. | {about} {n} {people} live {place}.
{place} wurden {n} {people} gezählt. | {n} {people} were counted {place}.
Im Jahr {year} waren es noch {n} {people}. | In {year} there were still {n} {people}.
Im Vorjahr waren es {n1}, heute sind es {n2}. | Last year it was {n1}, today it is {n2}.
Es kostet {money}. | It costs {money}.
Der Bau kostet {about} {money}. | The construction costs {about} {money}.
Die Kosten betragen {money1} statt {money2}. | The costs amount to {money1} instead of {money2}.
Der Bund zahlt {money}, die Länder {pct}. | The federal government pays {money}, the states {pct}.
Er spendete {about} {money}. | He donated {about} {money}.
Die Strafe beträgt {money}. | The fine is {money}.
Das Budget für {year} beträgt {money}. | The budget for {year} is {money}.
Der Schaden wird auf {money} geschätzt. | The damage is estimated at {money}.
Die Schulden stiegen auf {money}. | Debt rose to {money}.
Am {date} beginnt das Treffen. | The meeting begins on {date}.
Die Wahl findet am {date} statt. | The election takes place on {date}.
Das Gesetz tritt am {date} in Kraft. | The law enters into force on {date}.
Sie wurde am {date} {place} geboren. | She was born on {date} {place}.
Er starb am {date} im Alter von {few} Jahren. | He died on {date} at the age of {few}.
Bis zum {date} sind {pct} fertig. | By {date}, {pct} will be finished.
Seit dem {date} gilt die Regel. | The rule has applied since {date}.
Der Vertrag läuft vom {span}. | The contract runs from {span}.
Die Messe dauert vom {span}. | The fair lasts from {span}.
Das Konzert ist am {day}, {date}. | The concert is on {day}, {date}.
Am {day}, dem {date}, um {clock} | On {day}, {date}, at {clock}
Zwischen dem {date1} und dem {date2} | Between {date1} and {date2}
Die Sitzung beginnt um {clock}. | The session begins at {clock}.
Der Zug fährt am {day} um {clock} ab. | The train leaves at {clock} on {day}.
Geöffnet von {clock1} bis {clock2} | Open from {clock1} to {clock2}
Um {clock} wurde die Polizei gerufen. | The police were called at {clock}.
Gegen {clock} brach das Feuer aus. | The fire broke out at around {clock}.
Das Spiel endete {goal1}:{goal2}. | The match ended {goal1}-{goal2}.
Sie gewannen mit {goal1}:{goal2} ({goal3}:{goal4}). | They won {goal1}-{goal2} ({goal3}-{goal4}).
In der {ord} Minute fiel das Tor. | The goal came in the {ord} minute.
Er lief {few} Kilometer in {dec} Stunden. | He ran {few} kilometres in {dec} hours.
Das Team liegt auf dem {ord} Platz. | The team is in {ord} place.
Es ist der {ord} Sieg im {ord2} Spiel. | It is the {ord} victory in the {ord2} match.
Das war im {ord} Jahrhundert. | That was in the {ord} century.
Sie feiert ihren {ord} Geburtstag. | She is celebrating her {ord} birthday.
Die Temperatur liegt bei {deg} Grad. | The temperature is {deg} degrees.
Es werden {deg1} bis {deg2} Grad erwartet. | {deg1} to {deg2} degrees are expected.
Gemessen wurden {deg} °C. | {deg} °C was measured.
Der Tunnel ist {dec} Kilometer lang. | The tunnel is {dec} kilometres long.
Die Fläche beträgt {dec} {unit}. | The area is {dec} {unit}.
{place} wurden {n} {unit} verbraucht. | {n} {unit} were used {place}.
{about} {dec} {unit} wurden geliefert. | {about} {dec} {unit} were delivered.
Er wiegt {few} Kilo und misst {dec} Meter. | He weighs {few} kilos and is {dec} metres tall.
{pct} von {n} {dative} stimmten zu. | {pct} of {n} {dative} agreed.
{about} {pct} der Kosten entfallen auf Löhne. | {about} {pct} of the costs are for wages.
{pct1} waren dafür, {pct2} dagegen. | {pct1} were in favour, {pct2} against.
Der Anteil liegt bei {pct}. | The share is {pct}.
Die Partei kam auf {pct1} ({year}: {pct2}). | The party got {pct1} ({year}: {pct2}).
Die Zinsen steigen von {pct1} auf {pct2}. | Interest rates rise from {pct1} to {pct2}.
Der Index stieg um {dec} Punkte auf {dec2}. | The index rose by {dec} points to {dec2}.
Die Aktie verlor {pct} auf {money}. | The share lost {pct} to {money}.
Von {n1} {dative} kamen {n2}. | Of {n1} {dative}, {n2} came.
{n1} von {n2} {dative} | {n1} out of {n2} {dative}
Insgesamt sind es {n} {people}, {about} {pct}. | In total there are {n} {people}, {about} {pct}.
{about} {few} {people} wurden verletzt. | {about} {few} {people} were injured.
{few1} bis {few2} Tage lang | For {few1} to {few2} days
Vor {few} Jahren waren es {n}. | {few} years ago it was {n}.
Die {few}-jährige Frau gewann {money}. | The {few}-year-old woman won {money}.
Von {year1} bis {year2} stieg sie um {pct}. | From {year1} to {year2} it rose by {pct}.
{year} gab es {n} Fälle, {year2} {n2}. | In {year} there were {n} cases, in {year2} {n2}.
Im ersten Quartal {year} waren es {n}. | In the first quarter of {year} it was {n}.
Die {year} gegründete Firma hat {n} Leute. | The firm founded in {year} has {n} people.
Siehe Seite {few}, Absatz {goal}. | See page {few}, paragraph {goal}.
Artikel {few} Absatz {goal} der Verfassung | Article {few} paragraph {goal} of the constitution
"""
