"""Training pads with one stand-in position: prints how far its encoder is from the full one (needs torch).

python tests/bench/padding_trick.py
"""

from __future__ import annotations

import sys


def main() -> None:
    import torch

    from callcoach.transcribe.train import model

    torch.manual_seed(0)
    whisper = model.Whisper(model.Shape(50, 5, d_model=32, n_heads=2)).eval()
    mel = torch.rand(1, 80, 2 * model.N_OWN - 4)
    with torch.no_grad():
        trained, _ = whisper.encode(mel)
        # The same with the shared padding written out position by position.
        n = model.N_POSITIONS - model.N_OWN
        x = torch.nn.functional.pad(mel, (0, 3000 - mel.shape[2]))
        gelu = torch.nn.functional.gelu
        x = gelu(whisper.conv2(gelu(whisper.conv1(x)))).transpose(1, 2)
        own = whisper.audio_positions
        x = x + torch.cat([own[:-1], own[-1:].expand(n, -1)])
        for layer in whisper.encoder:
            x, _, _ = layer(x, None)
        full = whisper.encoder_norm(x)
    worst = (full[:, : model.N_OWN - 2] - trained[:, : model.N_OWN - 2]).abs().max().item()
    print(f"largest difference to the full encoder: {worst:.1e} (must stay under 1e-4)")
    sys.exit(worst >= 1e-4)


if __name__ == "__main__":
    main()
