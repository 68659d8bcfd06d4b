"""Train the model that tells kinds of call apart: ``python -m callcoach.measure.train.call_type``.

Seven numbers per conversation of our own corpus, a multinomial logistic regression, figures from
five folds over conversations (three shufflings) and from the conversations held out.
"""

from __future__ import annotations

import json

import numpy as np

from callcoach.bundled import bundled
from callcoach.core import CallType
from callcoach.measure.call_type import TOLD_FROM, cue_evidence
from callcoach.measure.data import corpus, held_out

STRENGTH = 1.0  # of scikit-learn's C; the least that was tried (.1, 1, 10) and tells anything at .8
N_FOLDS, N_SHUFFLES = 5, 3


def conversations() -> tuple[list[str], np.ndarray, np.ndarray]:
    """Ids, evidence of shape (n, 7) and kinds; a kind without a rubric is ``other``."""
    texts: dict[str, list[str]] = {}
    kinds: dict[str, str] = {}
    known = {kind.value for kind in CallType} - {"any"}
    for row in corpus():
        kind = str(row.attributes["type"])
        texts.setdefault(row.conversation_id, []).append(row.text)
        kinds[row.conversation_id] = kind if kind in known else "other"
    ids = list(texts)
    return ids, np.array([cue_evidence(texts[i]) for i in ids]), np.array([kinds[i] for i in ids])


def figures(chances: np.ndarray, kinds: np.ndarray, names: np.ndarray) -> dict[str, float | int]:
    """How often it is right, and how much of what it says over `TOLD_FROM`."""
    said, sure = names[chances.argmax(axis=1)], chances.max(axis=1)
    told = (sure >= TOLD_FROM) & (said != "other")
    return {
        "n": len(kinds),
        "right": round(float((said == kinds).mean()), 3),
        "n_told": int(told.sum()),
        "n_told_right": int((said == kinds)[told].sum()),
        "most_frequent_kind": round(float(max((kinds == k).mean() for k in names)), 3),
    }


def main() -> None:
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedKFold, cross_val_predict
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    ids, evidence, kinds = conversations()
    kept_away = np.isin(ids, sorted(held_out()))
    model = make_pipeline(StandardScaler(), LogisticRegression(C=STRENGTH, max_iter=5000))
    train, labels = evidence[~kept_away], kinds[~kept_away]
    names = np.unique(labels)
    folds = [
        cross_val_predict(
            model,
            train,
            labels,
            cv=StratifiedKFold(N_FOLDS, shuffle=True, random_state=shuffle),
            method="predict_proba",
        )
        for shuffle in range(N_SHUFFLES)
    ]
    model.fit(train, labels)
    report = {
        "five_folds": [figures(chances, labels, names) for chances in folds],
        "held_out": figures(model.predict_proba(evidence[kept_away]), kinds[kept_away], names),
    }
    scaler, regression = model[0], model[1]
    saved = {
        "kinds": names.tolist(),
        "mean": scaler.mean_.round(6).tolist(),
        "scale": scaler.scale_.round(6).tolist(),
        "weights": regression.coef_.round(6).tolist(),
        "intercepts": regression.intercept_.round(6).tolist(),
        "figures": report,
    }
    path = bundled("models") / "call-type" / "model.json"
    path.write_text(json.dumps(saved, indent=1) + "\n", "utf-8")
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
