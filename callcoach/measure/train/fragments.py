"""Parts of utterances as further examples of what asks and what only listens.

People speak in pieces that the corpus, written in whole turns, has few of. A piece of a turn that
holds no question asks nothing. The one sentence with a question mark in a turn asks what the turn
asks. A piece with a word of content is no mere token of listening.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse

from callcoach.measure.data import Row
from callcoach.measure.features import featurise
from callcoach.measure.said import Utterance, read
from callcoach.measure.train.dataset import Design, joined, matrix_of
from callcoach.measure.train.variants import bare

ASKING = ("question", "question_substantive", "open_question", "closed_question")
_SENTENCE = re.compile(r"[^.?!]+[.?!]*")
_CLAUSE = re.compile(r"[^,.?!;:]+[,.?!;:]*")
_UNKNOWN = -1
PIECE_STEP = 4  # every fourth piece of a turn is learned from


@dataclass(frozen=True)
class Fragments:
    """Pieces with what is known of them: 1 has the label, 0 has not, -1 is not known.

    `longer` are turns put together, whose labels are all known.
    """

    features: scipy.sparse.csr_matrix
    asking: dict[str, np.ndarray]
    listening: np.ndarray
    sides: np.ndarray
    conversations: np.ndarray
    longer: Design


def fragments(rows_of: Sequence[Sequence[Row]]) -> Fragments:
    """Pieces of every turn, written and bare by turns; deterministic."""
    features, asking, listening, sides, ids = [], [], [], [], []
    for rows in rows_of:
        said = [read(Utterance(row.speaker, row.text)) for row in rows]
        for at, row in enumerate(rows):
            for number, (piece, known) in enumerate(_pieces(row)):
                if (at // 2 + number) % PIECE_STEP:
                    continue
                text = bare(piece) if (at + number) % 2 else piece
                this = read(Utterance(row.speaker, text))
                if not this.words:
                    continue
                before = said[max(0, at - 6) : at]
                goes_on = not row.text.endswith(piece)
                found = featurise([*before, this, *([said[at]] if goes_on else [])], [len(before)])
                features.append(matrix_of(found))
                asking.append(known)
                more = goes_on or this.contents or not any(each.listens for each in this.lexemes)
                listening.append(0 if more and "acknowledgement" not in row.labels else _UNKNOWN)
                sides.append(row.speaker)
                ids.append(row.conversation_id)
    return Fragments(
        scipy.sparse.vstack(features).tocsr(),
        {label: np.array([known[label] for known in asking]) for label in ASKING},
        np.array(listening),
        np.array(sides),
        np.array(ids),
        joined(rows_of),
    )


def chosen_from(found: Fragments, conversations: set[str]) -> np.ndarray:
    """Positions of the pieces of some conversations."""
    return np.flatnonzero([each in conversations for each in found.conversations.tolist()])


def _pieces(row: Row) -> list[tuple[str, dict[str, int]]]:
    """Some pieces of a turn, each with what is known about its asking."""
    sentences = [piece.strip() for piece in _SENTENCE.findall(row.text) if piece.strip()]
    if "question" not in row.labels:
        nothing = dict.fromkeys(ASKING, 0)
        clauses = [piece.strip() for piece in _CLAUSE.findall(row.text) if piece.strip()]
        pieces = sentences if len(sentences) > 1 else []
        pieces += clauses if len(clauses) > 1 else []
        words = row.text.split()
        if len(words) > 9:
            middle = len(words) // 2
            pieces += [" ".join(words[:middle]), " ".join(words[middle:])]
        return [(piece, nothing) for piece in dict.fromkeys(pieces)]
    marked = [piece for piece in sentences if piece.endswith("?")]
    kinds = row.labels & {"open_question", "closed_question"}
    if len(sentences) < 2 or len(marked) != 1:
        return []
    known = {
        "question": 1,
        "question_substantive": _UNKNOWN,
        "open_question": _UNKNOWN,
        "closed_question": _UNKNOWN,
    }
    if row.speaker == "rep" and len(kinds) == 1 and "question_substantive" in row.labels:
        known |= {"question_substantive": 1}
        known |= {label: int(label in row.labels) for label in ("open_question", "closed_question")}
    return [(marked[0], known)]
