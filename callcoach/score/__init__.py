"""Facts and a rubric become a scorecard: how good it was, generic over behaviours."""

from callcoach.score.card import score_call
from callcoach.score.rubric import Rubric, RubricItem, load_rubric, shipped_rubrics

__all__ = ["Rubric", "RubricItem", "load_rubric", "score_call", "shipped_rubrics"]
