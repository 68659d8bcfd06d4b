"""A recording or a vendor's file becomes a `Transcript`.

Nothing leaves the machine: ONNX Runtime, which hears speech, would otherwise report each process
to its maker as soon as it is imported. Whoever sets the variable themselves is left alone.
"""

import os

os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
