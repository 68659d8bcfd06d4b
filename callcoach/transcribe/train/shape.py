"""Sizes of the demo model, for training and export alike."""

from dataclasses import dataclass

N_POSITIONS = 1500
N_OWN = 420  # positions with an embedding of their own: 8.4 s
N_SAMPLED = 10  # padding positions below N_OWN that stand for all of them
N_TOKENS = 448  # decoder positions
ALIGNMENT_LAYER, ALIGNMENT_HEAD = 1, 0


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the network."""

    n_vocabulary: int
    n_phonemes: int
    d_model: int = 256
    n_heads: int = 4
    n_encoder_layers: int = 4
    n_decoder_layers: int = 2
    n_mels: int = 80
