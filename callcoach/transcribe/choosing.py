"""Which model recognises: the one that was named, or the best for this machine that is here.

A large turbo model on a GPU, a small multilingual one on a CPU. What is chosen without a name
always knows several languages: an English-only model takes every recording for English. The demo
model is never chosen, only named.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from callcoach.core.errors import BadSettings, ModelMissing
from callcoach.transcribe.models import DEMO_MODEL, HOW_TO_GET, find_model

# Best first; the first is what is fetched where none is here.
BY_DEVICE = {
    "cuda": ("large-v3-turbo", "large-v3", "large-v2", "medium", "small", "base", "tiny"),
    "cpu": ("small", "base", "medium", "tiny", "large-v3-turbo"),
}
# First that the device supports. Times on a CPU: int8 about twice as fast as float32.
COMPUTE_TYPES = {"cuda": ("float16", "int8_float16", "float32"), "cpu": ("int8", "float32")}


@dataclass(frozen=True, slots=True)
class Chosen:
    """A model on this machine and how it will run.

    Parameters
    ----------
    name : str
        For people: what was asked for, or the folder's name.
    device : str
        ``"cpu"`` or ``"cuda"``.
    compute_type : str
        Of the weights and sums: ``"int8"``, ``"float16"`` …
    """

    name: str
    folder: Path
    device: str
    compute_type: str


def choose_model(
    model: str | Path | None,
    *,
    folders: Sequence[Path],
    device: str = "auto",
    compute_type: str | None = None,
    fetch: Callable[[str], Path] | None = None,
) -> Chosen:
    """The model to load: a folder, a name, or None for the best that is here.

    Parameters
    ----------
    folders : sequence of Path
        Where models of a name may lie, before the hub's cache.
    device : str
        ``"cpu"``, ``"cuda"``, or ``"auto"``: a GPU where there is one.
    fetch : callable, optional
        Brings a model of a known name to this machine; without it nothing is ever downloaded.

    Raises
    ------
    ModelMissing
        If it is not on this machine and was not fetched.
    BadSettings
        For a device that is not there.
    """
    device = device_to_use(device)
    compute_type = compute_type or compute_type_of(device)
    name = str(model).strip() if model is not None else ""
    if name:
        path = model if isinstance(model, Path) else None
        found = find_model(path or name, folders=folders)
        if found is None and fetch is not None and path is None and _is_name(name):
            found = fetch(name)
        if found is None:
            where = (
                "neither a folder nor in models/ nor in the hub's cache" if _is_name(name) else "no folder"
            )
            raise ModelMissing(f"the model {name!r} must be on this machine; it is {where}: {HOW_TO_GET}")
        return Chosen(found.name if Path(name).name == found.name else name, found, device, compute_type)
    for candidate in BY_DEVICE[device]:
        found = find_model(candidate, folders=folders)
        if found is not None:
            return Chosen(candidate, found, device, compute_type)
    best = BY_DEVICE[device][0]
    if fetch is not None:
        return Chosen(best, fetch(best), device, compute_type)
    raise ModelMissing(
        f"recognising words needs a model; none is configured and {best!r}, the choice for this machine, is not "
        f"here: run 'callcoach models pull {best}' where there is a network, or {HOW_TO_GET}"
    )


def is_demo(folder: Path) -> bool:
    """Whether a folder is the model that comes with callcoach for demonstration."""
    return folder.name == DEMO_MODEL and (folder / "card.json").is_file()


def device_to_use(device: str) -> str:
    """``"cuda"`` or ``"cpu"``.

    Raises
    ------
    BadSettings
        If a GPU is asked for and none can be used.
    """
    if device not in ("auto", "cpu", "cuda"):
        raise BadSettings(f"the device must be auto, cpu or cuda; found {device!r}")
    if device == "cpu":
        return "cpu"
    n_gpus = count_gpus()
    if device == "cuda" and not n_gpus:
        raise BadSettings("recognising on a GPU needs one that CUDA sees; none was found: use the device cpu")
    return "cuda" if n_gpus else "cpu"


def count_gpus() -> int:
    """GPUs that CTranslate2 can use."""
    import ctranslate2

    try:
        return ctranslate2.get_cuda_device_count()
    except RuntimeError:  # a driver that is there and does not work
        return 0


def compute_type_of(device: str) -> str:
    """The fastest type that the device supports without a loss that matters."""
    import ctranslate2

    try:
        supported = ctranslate2.get_supported_compute_types(device)
    except (RuntimeError, ValueError):
        supported = set()
    return next((kind for kind in COMPUTE_TYPES[device] if kind in supported), "default")


def _is_name(text: str) -> bool:
    return not text.startswith((".", "/", "~", "\\"))
