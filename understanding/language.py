"""Tell messages in another language from misspelled English."""

from __future__ import annotations

import re
from functools import cache

from lingua import Language, LanguageDetector, LanguageDetectorBuilder

from understanding.spelling import english_words

# Languages that patients of a US clinic are likely to write. More would cost
# memory and confuse short texts.
_LANGUAGES = (
    Language.ENGLISH,
    Language.SPANISH,
    Language.FRENCH,
    Language.GERMAN,
    Language.ITALIAN,
    Language.PORTUGUESE,
    Language.POLISH,
    Language.TAGALOG,
    Language.VIETNAMESE,
    Language.RUSSIAN,
    Language.CHINESE,
    Language.KOREAN,
    Language.ARABIC,
)
_WORD = re.compile(r"[^\W\d_]+")
# Small words give a language away where long ones (medical Latin, shorthand,
# misspellings) look alike in all of them. Each counts once, as some are English words too:
# "could she die, do people die of it", "la la la". Polish "po" is left out, for "unable to
# tolerate PO" is what a nurse writes.
_SMALL_WORDS = {
    Language.ENGLISH: "the is it do i my to of and how what after for in on you a can will be",
    Language.SPANISH: "el la los las que de para una un por con mi es como cuanto en se lo"
    " necesito después cuánto qué está tengo puedo hola necesita duele gracias cuando cuándo"
    " donde dónde cómo tiempo puede pueden quiero ayuda espalda dolor mucho muy más hay del",
    Language.FRENCH: "le la les est que de pour une un je mon ma combien il avec dans vous et",
    Language.GERMAN: "der die das ist ich wie und nicht ein eine mit nach meine mein muss kann du",
    Language.ITALIAN: "il lo la che di per una un con mi quanto dopo non mia sono è",
    Language.PORTUGUESE: "os que de para uma um por com minha meu quanto depois não é",
    Language.POLISH: "jest czy jak na nie się to moja mnie bardzo długo",
    Language.TAGALOG: "ang ng sa ba po mga ko ako si na ito siya ang gaano nanay",
}
_SMALL = {language: frozenset(words.split()) for language, words in _SMALL_WORDS.items()}
_FEWEST_SMALL_WORDS = 2
# Outside ASCII: a text with this share of true English words is English.
_ENGLISH_SHARE = 0.5
_SURE = 0.8


def other_language(text: str) -> str | None:
    """ISO 639-1 code of the language, None for English or where it is unclear."""
    words = [word.lower() for word in _WORD.findall(text)]
    if not words:
        return None
    counts = {lang: len(small & set(words)) for lang, small in _SMALL.items()}
    likely = max(counts, key=counts.__getitem__)
    if counts[likely] >= _FEWEST_SMALL_WORDS and counts[likely] > counts[Language.ENGLISH]:
        return _code(likely)
    if text.isascii() or sum(word in _english() for word in words) / len(words) >= _ENGLISH_SHARE:
        return None
    best = _detector().compute_language_confidence_values(text)[0]
    if best.language == Language.ENGLISH or best.value < _SURE:
        return None
    return _code(best.language)


def _code(language: Language) -> str:
    return str(language.iso_code_639_1.name.lower())


@cache
def _english() -> frozenset[str]:
    return english_words()


@cache
def _detector() -> LanguageDetector:
    return LanguageDetectorBuilder.from_languages(*_LANGUAGES).with_low_accuracy_mode().build()
