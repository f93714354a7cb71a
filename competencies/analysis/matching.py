"""Which texts of two lists say the same: suggestions by shared words, for a person to judge."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

MOST = 3  # suggestions for each source; own proposal
LEAST = 0.05  # score below which nothing is suggested [0..1]; own proposal
GRAM = 4  # signs of a piece of a word; own proposal
PIECES = 0.5  # weight of pieces beside whole words; own proposal
AT_ONCE = 200  # sources compared in one step, which bounds memory
WORD = re.compile(r"[^\W_]+")
ELISION = re.compile(r"\b(?:l|d|j|m|n|s|t|c|qu)['’](?=\w)")  # French: l'origine
ENGLISH = """
    a about above after again against all also an and any are as at be because been before being
    below between both but by can could did do does each for from further had has have how if in
    into is it its more most must no nor not of off on one only or other our out over own same she
    should so some such than that the their them then there these they this those through to too
    under until up upon was were what when where which while who whom whose why will with within
    without would you your
"""
FRENCH = """
    au aux avec ce ces cet cette dans de des du elle elles en est et eux il ils je la le les leur
    leurs lui mais me meme mes moi mon ne nos notre nous on ont ou par pas plus pour qu que quel
    quelle qui sa sans se ses si son sont sous sur ta te tes toi ton tout toute tous toutes tu un
    une vos votre vous y
"""
SPANISH = """
    al algo ante antes como con contra cual cuando del desde donde durante el ella ellas ellos
    entre era es esa ese eso esta estas este esto estos fue ha han hasta hay la las lo los mas me
    mi mismo muy ni no nos o otra otro para pero por porque que quien se ser si sin sobre son su
    sus tambien te tiene toda todo todos tu un una uno unos y ya
"""
STOP_WORDS = frozenset(f"{ENGLISH} {FRENCH} {SPANISH}".split())  # their accents folded
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Item:
    """Something with texts; a name says more than a description, so each text has its weight."""

    key: str
    texts: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A target suggested for a source.

    score : float, cosine of the two, 0 = no word in common, 1 = the same words [0..1]
    """

    target: str
    score: float


def best_matches(
    sources: Sequence[Item], targets: Sequence[Item], *, most: int = MOST, least: float = LEAST
) -> dict[str, tuple[Match, ...]]:
    """Suggest for each source the targets whose words are nearest, the best first.

    Words are compared without case, accents and the commonest words of English, French and
    Spanish; pieces of words are compared too, so that declare and declaration are near. A rare
    word counts more than one that many texts hold.

    Parameters
    ----------
    sources, targets : items with keys of their own; their order is that of the lists
    most : suggestions for each source at most
    least : score below which a target isn't suggested [0..1]

    Returns
    -------
    dict, key of each source -> at most `most` matches, by falling score, equal ones in the order
    of `targets`; the same lists always give the same.

    Raises
    ------
    ValueError
        A key is given twice in one list.

    Source
    ------
    docs/methods/matching.md.
    """
    for items in (sources, targets):
        if len({item.key for item in items}) < len(items):
            raise ValueError("a key is given twice")
    if not sources or not targets:
        return {item.key: () for item in sources}
    heard = [_heard(item) for item in (*sources, *targets)]
    rarity = _rarity(heard)
    rows = [_weighed(counts, rarity) for counts in heard]
    near = _Space(rows[len(sources) :])
    found: dict[str, tuple[Match, ...]] = {}
    for start in range(0, len(sources), AT_ONCE):
        part = sources[start : start + AT_ONCE]
        scores = near.to(rows[start : start + len(part)])
        for item, line in zip(part, scores, strict=True):
            found[item.key] = _best(line, targets, most, least)
    return found


def words_of(text: str) -> list[str]:
    """The words of a text as they are compared: folded, without stop words."""
    split = unicodedata.normalize("NFKD", text.casefold())
    folded = "".join(sign for sign in split if not unicodedata.combining(sign))
    plain = ELISION.sub("", folded)
    return [word for word in WORD.findall(plain) if len(word) > 1 and word not in STOP_WORDS]


def _pieces(word: str) -> Iterable[str]:
    marked = f"_{word}_"
    return (marked[n : n + GRAM] for n in range(max(1, len(marked) - GRAM + 1)))


def _heard(item: Item) -> Mapping[str, float]:
    """(word or piece -> how much of it the item says); a word said again counts less each time."""
    said: dict[str, float] = defaultdict(float)
    for text, weight in item.texts:
        words = Counter(words_of(text))
        pieces = Counter(f"~{piece}" for word in words.elements() for piece in _pieces(word))
        for counts, share in ((words, 1.0), (pieces, PIECES)):
            for token, count in counts.items():
                said[token] += weight * share * (1 + float(np.log(count)))
    return said


def _rarity(heard: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """(token -> ln((1 + items) / (1 + items with it)) + 1)."""
    spread: Counter[str] = Counter()
    for counts in heard:
        spread.update(counts.keys())
    whole = 1 + len(heard)
    return {token: float(np.log(whole / (1 + count))) + 1 for token, count in spread.items()}


def _weighed(counts: Mapping[str, float], rarity: Mapping[str, float]) -> dict[str, float]:
    """The item as a direction: a vector of length 1, or an empty one."""
    row = {token: said * rarity[token] for token, said in counts.items()}
    length = float(np.sqrt(sum(value * value for value in row.values())))
    return {token: value / length for token, value in row.items()} if length else {}


@dataclass(slots=True)
class _Space:
    """The targets as a matrix over their tokens."""

    rows: Sequence[Mapping[str, float]]
    places: dict[str, int] = field(init=False)
    matrix: Floats = field(init=False)

    def __post_init__(self) -> None:
        tokens = sorted({token for row in self.rows for token in row})
        self.places = {token: place for place, token in enumerate(tokens)}
        self.matrix = self._matrix(self.rows)

    def _matrix(self, rows: Sequence[Mapping[str, float]]) -> Floats:
        found = np.zeros((len(rows), len(self.places)), dtype=np.float32)
        for number, row in enumerate(rows):
            for token, value in row.items():
                if (place := self.places.get(token)) is not None:
                    found[number, place] = value
        return found

    def to(self, rows: Sequence[Mapping[str, float]]) -> Floats:
        """The cosine of each row with each target."""
        return self._matrix(rows) @ self.matrix.T


def _best(scores: Floats, targets: Sequence[Item], most: int, least: float) -> tuple[Match, ...]:
    rounded = np.round(np.clip(scores, 0, 1).astype(float), 4)
    order = np.argsort(-rounded, kind="stable")[:most]
    return tuple(
        Match(targets[place].key, float(rounded[place]))
        for place in order
        if rounded[place] >= least
    )
