"""Language identification: one's own sentences in many spellings."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summlib.text import identify, languages_by_sentence, split_sentences
from summlib.text.language import LanguageGuess

GERMAN = [
    "Der Gemeinderat hat gestern über den neuen Radweg beraten.",
    "Für die Übergabe der Schlüssel müssen größere Räume gefunden werden.",
    "Die Washington Post und The Guardian berichten über Apple und Google.",
    "Das Team von Manchester United gewinnt im Camp Nou.",
    "Wegen des Sturms fuhren keine Züge.",
    "Verkehrsministerium kündigt Brückensanierung an",
    "Wer soll das bezahlen?",
]
ENGLISH = [
    "The council discussed the new cycle path yesterday.",
    "Larger rooms have to be found before the keys are handed over.",
    "Der Spiegel and Die Zeit are weekly papers from Hamburg.",
    "No trains were running because of the storm.",
    "Who is going to pay for it?",
    "Transport ministry announces bridge repairs",
]
OTHERS = {
    "fr": "Le conseil a parlé hier de la nouvelle piste cyclable.",
    "it": "Il consiglio ha parlato ieri della nuova pista ciclabile.",
    "es": "El consejo habló ayer sobre el nuevo carril para bicicletas.",
    "pt": "O conselho falou ontem sobre a nova ciclovia que não existe.",
    "nl": "De gemeenteraad heeft gisteren over het nieuwe fietspad gesproken.",
    "pl": "Rada miasta rozmawiała wczoraj o nowej ścieżce dla rowerów.",
    "cs": "Městská rada včera jednala o nové cyklostezce, která je drahá.",
    "sv": "Kommunen har talat om den nya cykelvägen som inte finns.",
    "da": "Kommunen har talt om den nye cykelsti, som ikke er færdig.",
    "ru": "Вчера совет говорил о новой велодорожке.",
    "uk": "Учора рада говорила про нову доріжку, яка їй потрібна.",
    "el": "Το συμβούλιο συζήτησε χθες.",
    "ja": "昨日、新しい道について話しました。",
    "zh": "市政府昨天讨论了新的道路。",
}
NO_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ü": "Ue", "ß": "ss"})


@pytest.mark.parametrize("sentence", GERMAN)
def test_german(sentence: str) -> None:
    for spelling in (sentence, sentence.upper(), sentence.lower(), sentence.translate(NO_UMLAUTS)):
        assert identify(spelling).lang == "de", spelling


@pytest.mark.parametrize("sentence", ENGLISH)
def test_english(sentence: str) -> None:
    for spelling in (sentence, sentence.upper(), sentence.replace("'", "’")):
        assert identify(spelling).lang == "en", spelling


@pytest.mark.parametrize(("lang", "sentence"), OTHERS.items())
def test_others(lang: str, sentence: str) -> None:
    assert identify(sentence).lang == lang


@pytest.mark.parametrize(
    "text", ["", " ", "42", "3.14 %", "👍🎉", "—", "OK", "www.beispiel.de", "x"]
)
def test_undecidable(text: str) -> None:
    assert identify(text) == LanguageGuess("", 0.0)


def test_document_of_two_languages_is_less_certain() -> None:
    german, english = " ".join(GERMAN) * 5, " ".join(ENGLISH) * 5
    assert identify(german).confidence > 0.95
    assert identify(german + english).confidence < identify(german).confidence


def test_long_document_is_judged_throughout() -> None:
    mostly_german = "This is only the imprint of the page. " + " ".join(GERMAN) * 400
    assert identify(mostly_german).lang == "de"


def test_sentences_of_a_mixed_text() -> None:
    text = f"{GERMAN[0]} {ENGLISH[0]} 1999. {GERMAN[4]}"
    sentences = split_sentences(text)
    guesses = languages_by_sentence(text, sentences)
    assert [g.lang for g in guesses] == ["de", "en", "de", "de"]
    assert guesses[2].confidence == 0.0


@settings(derandomize=True, deadline=None, max_examples=200)
@given(st.text(max_size=200))
def test_any_text_gives_a_probability(text: str) -> None:
    guess = identify(text)
    assert 0.0 <= guess.confidence <= 1.0
    assert bool(guess.lang) == (guess.confidence > 0)
