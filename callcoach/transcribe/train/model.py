"""A Whisper-shaped network in torch, cheap to train on windows of a few seconds.

faster-whisper always pads to 30 s, so an encoder has 1,500 positions whatever it
hears. The padding is exactly 0 here, and positions from ``N_OWN`` on share one
embedding; all of them are then the same vector in every layer. Training carries one
of them, and a bias of log(count) on its attention score makes it weigh as all:

    window     |content ........|own padding ......|shared padding ............|
    position    0             n  n             420  420                    1499
    trained     every one        N_SAMPLED of them  one, bias log(1080)
"""

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from callcoach.transcribe.train.shape import (
    ALIGNMENT_HEAD,
    ALIGNMENT_LAYER,
    N_OWN,
    N_POSITIONS,
    N_SAMPLED,
    N_TOKENS,
    Shape,
)


class Attention(nn.Module):
    """Multi-head attention; ``bias`` is added to the scores and may mask."""

    def __init__(self, shape: Shape, *, cross: bool = False) -> None:
        super().__init__()
        d = shape.d_model
        self.n_heads = shape.n_heads
        self.cross = cross
        self.query = nn.Linear(d, d)
        self.key_value = nn.Linear(d, 2 * d)
        self.out = nn.Linear(d, d)

    def forward(self, x: Tensor, source: Tensor, bias: Tensor | None, causal: bool = False):
        """Attended values, with queries and keys as (batch, heads, length, d_head)."""
        q = self._split(self.query(x))
        k, v = (self._split(part) for part in self.key_value(source).chunk(2, dim=-1))
        # Written out: on a CPU in bfloat16 torch's fused attention takes twice as long.
        scores = (q * q.shape[-1] ** -0.5) @ k.transpose(-1, -2)
        if bias is not None:
            scores = scores + bias[:, None, None, :].to(q.dtype)
        if causal:
            ahead = torch.ones(scores.shape[-2:], dtype=torch.bool).triu(1)
            scores = scores.masked_fill(ahead, -1e4)
        y = scores.softmax(dim=-1, dtype=scores.dtype) @ v
        return self.out(y.transpose(1, 2).flatten(2)), q, k

    def _split(self, x: Tensor) -> Tensor:
        return x.unflatten(-1, (self.n_heads, -1)).transpose(1, 2)


class Layer(nn.Module):
    """A pre-norm transformer layer, with cross-attention in the decoder."""

    def __init__(self, shape: Shape, *, decoder: bool) -> None:
        super().__init__()
        d = shape.d_model
        self.self_norm, self.self_attention = nn.LayerNorm(d), Attention(shape)
        if decoder:
            self.cross_norm, self.cross_attention = nn.LayerNorm(d), Attention(shape, cross=True)
        self.ffn_norm = nn.LayerNorm(d)
        self.ffn_in, self.ffn_out = nn.Linear(d, 4 * d), nn.Linear(4 * d, d)
        self.dropout = nn.Dropout(0.05 if decoder else 0.0)

    def forward(self, x: Tensor, bias: Tensor | None, audio: Tensor | None = None):
        """New states and, in the decoder, the cross-attention's queries and keys."""
        h = _short(self.self_norm(x))
        own_bias = bias if audio is None else None
        y, q, k = self.self_attention(h, h, own_bias, causal=audio is not None)
        x = x + self.dropout(y)
        if audio is not None:
            y, q, k = self.cross_attention(_short(self.cross_norm(x)), audio, bias)
            x = x + self.dropout(y)
        x = x + self.dropout(self.ffn_out(F.gelu(self.ffn_in(_short(self.ffn_norm(x))))))
        return x, q, k


class Whisper(nn.Module):
    """Encoder, decoder, and two readings of the encoder's states that only training uses."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        d = shape.d_model
        self.conv1 = nn.Conv1d(shape.n_mels, d, 3, padding=1)
        self.conv2 = nn.Conv1d(d, d, 3, stride=2, padding=1)
        self.audio_positions = nn.Parameter(_sinusoids(N_OWN + 1, d))
        self.encoder = nn.ModuleList(Layer(shape, decoder=False) for _ in range(shape.n_encoder_layers))
        self.encoder_norm = nn.LayerNorm(d)
        self.phonemes = nn.Linear(d, shape.n_phonemes)
        self.spelling = nn.Linear(d, d)
        self.embedding = nn.Embedding(shape.n_vocabulary, d)
        self.token_positions = nn.Parameter(torch.zeros(N_TOKENS, d))
        self.decoder = nn.ModuleList(Layer(shape, decoder=True) for _ in range(shape.n_decoder_layers))
        self.decoder_norm = nn.LayerNorm(d)
        nn.init.normal_(self.embedding.weight, std=0.02)
        nn.init.normal_(self.token_positions, std=0.01)

    def encode(self, mel: Tensor, *, exact: bool = False) -> tuple[Tensor, Tensor]:
        """States and attention bias for (batch, 80, frames) features, zero-padded.

        The states are those of the frames' positions, then of the padding that
        stands for the rest. ``exact`` carries all padding below ``N_OWN``.
        """
        n = (mel.shape[2] + 1) // 2 + 1
        if n > N_OWN:
            raise ValueError(f"A window must have at most {2 * N_OWN} frames, got {mel.shape[2]}.")
        mel = F.pad(mel, (0, 2 * (n + 3) - mel.shape[2]))
        x = F.gelu(self.conv2(F.gelu(self.conv1(mel)))).transpose(1, 2)
        silent = x[:, n + 1 : n + 2]
        rest = torch.arange(n, N_OWN, device=mel.device)
        if not exact and len(rest) > N_SAMPLED:
            rest = rest[torch.randperm(len(rest))[:N_SAMPLED]]
        position = torch.cat([torch.arange(n), rest, torch.tensor([N_OWN])])
        x = torch.cat([x[:, :n], silent.expand(-1, len(rest) + 1, -1)], dim=1)
        x = x + self.audio_positions[position]
        bias = torch.zeros(len(position))
        if len(rest):
            bias[n:-1] = math.log((N_OWN - n) / len(rest))
        bias[-1] = math.log(N_POSITIONS - N_OWN)
        bias = bias.expand(len(mel), -1)
        for layer in self.encoder:
            x, _, _ = layer(x, bias)
        return _short(self.encoder_norm(x)), bias

    def decode(self, tokens: Tensor, audio: Tensor, bias: Tensor) -> tuple[Tensor, Tensor]:
        """States for the next tokens, and the alignment head's log attention.

        The log attention is (batch, tokens, audio states).
        """
        x = self.embedding(tokens) + self.token_positions[: tokens.shape[1]]
        align = None
        for i, layer in enumerate(self.decoder):
            x, q, k = layer(x, bias, audio)
            if i == ALIGNMENT_LAYER:
                q, k = q[:, ALIGNMENT_HEAD].float(), k[:, ALIGNMENT_HEAD].float()
                scores = q @ k.transpose(1, 2) / math.sqrt(q.shape[-1])
                align = F.log_softmax(scores + bias[:, None, :], dim=-1)
        return self.decoder_norm(x), align

    def spelled(self, states: Tensor) -> Tensor:
        """Scores of the vocabulary for what is heard at single encoder states."""
        return self.logits(self.spelling(states))

    def logits(self, states: Tensor) -> Tensor:
        """Scores of the vocabulary; the output matrix is the embedding."""
        return F.linear(states, self.embedding.weight)


def _short(x: Tensor) -> Tensor:
    """Cast once for all the matrix products that follow, where autocast would each time."""
    return x.to(torch.bfloat16) if torch.is_autocast_enabled("cpu") else x


def _sinusoids(n: int, d: int) -> Tensor:
    step = math.log(10_000) / (d // 2 - 1)
    angle = torch.arange(n)[:, None] * torch.exp(-step * torch.arange(d // 2))[None]
    return torch.cat([angle.sin(), angle.cos()], dim=1) * 0.5
