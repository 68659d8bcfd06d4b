"""What the taggers have to beat: ``python -m callcoach.measure.train.baselines``.

Two of them, on the same five folds: rules alone (a question mark or an interrogative form asks;
the closed list of back-channels acknowledges), and TF-IDF of words and characters of the utterance
with one logistic regression per label, decided at the probability at which the taggers are.
"""

from __future__ import annotations

import json
from collections.abc import Callable

import numpy as np
import scipy.sparse

from callcoach.core.floor import says_backchannel
from callcoach.measure.constants import TAGGED
from callcoach.measure.figures import f1_of
from callcoach.measure.labels import ALL_LABELS, LABELS_OF_SIDE
from callcoach.measure.said import Utterance, read
from callcoach.measure.train.dataset import as_variant, conversations, folds_of
from callcoach.measure.train.taggers import FOLDER, MEASURED_ON, N_FOLDS


def asks(text: str) -> bool:
    """A question mark, or an interrogative form where a clause starts."""
    signs = read(Utterance("rep", text)).asks
    return "?" in text or any(
        sign in ("asks inverted lead", "asks wh lead", "asks order", "asks wh noun lead") for sign in signs
    )


def listens(text: str) -> bool:
    """A back-channel of the closed list."""
    return says_backchannel(text.split())


RULES: dict[str, Callable[[str], bool]] = {"question": asks, "acknowledgement": listens}


def main() -> None:
    """Write baselines.json beside the model."""
    rows = [row for group in conversations(held=False) for row in group]
    texts = {condition: [as_variant(row, condition) for row in rows] for condition in MEASURED_ON}
    matrices = tf_idf(texts)
    fold = folds_of(np.array([row.conversation_id for row in rows]), N_FOLDS)
    found: dict[str, dict[str, dict[str, float | None]]] = {condition: {} for condition in MEASURED_ON}
    for label in ALL_LABELS:
        mine = np.array([at for at, row in enumerate(rows) if label in LABELS_OF_SIDE[row.speaker]])
        truth = np.array([label in rows[at].labels for at in mine])
        said = _predicted([matrices[condition][mine] for condition in MEASURED_ON], truth, fold[mine])
        for condition, each in zip(MEASURED_ON, said, strict=True):
            line = {"tf_idf": f1_of(truth, each)}
            if label in RULES:
                line["rules"] = f1_of(truth, np.array([RULES[label](texts[condition][at]) for at in mine]))
            found[condition][label] = {
                name: None if value is None else round(value, 4) for name, value in line.items()
            }
    path = FOLDER / "baselines.json"
    path.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


def tf_idf(texts: dict[str, list[str]]) -> dict[str, scipy.sparse.csr_matrix]:
    """Words and characters, weighed over all texts of all conditions: a favour to the baseline."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_union

    both = make_union(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, min_df=2),
    )
    both.fit([text for each in texts.values() for text in each])
    return {condition: both.transform(each).tocsr() for condition, each in texts.items()}


def _predicted(
    matrices: list[scipy.sparse.csr_matrix], truth: np.ndarray, fold: np.ndarray
) -> list[np.ndarray]:
    """Predictions of each fold, per condition, by a model of the other folds in all conditions."""
    from sklearn.linear_model import LogisticRegression

    said = [np.zeros(len(truth), bool) for _ in matrices]
    for number in range(N_FOLDS):
        learn, test = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        model = LogisticRegression(C=10, solver="liblinear")
        model.fit(
            scipy.sparse.vstack([each[learn] for each in matrices]), np.tile(truth[learn], len(matrices))
        )
        for each, matrix in zip(said, matrices, strict=True):
            each[test] = model.predict_proba(matrix[test])[:, 1] >= TAGGED
    return said


if __name__ == "__main__":
    main()
