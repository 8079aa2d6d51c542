"""Pictures in files: TIFF, JPEG, PNG, WebP, BMP, HEIC, decoded by Pillow. Runs in the child."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import IO, Any

from PIL import Image, ImageFile, JpegImagePlugin, UnidentifiedImageError

from intake.domain.document import Kind
from intake.engines.finish import Finished, finish, has_colour, send_page
from intake.engines.nursery import TOO_MUCH_MEMORY, Send, allow_cpu
from intake.engines.resolution import check_size, working_size
from intake.errors import Refused

# What Pillow was seen to raise on damaged files, besides MemoryError.
DAMAGE = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    AttributeError,
    RuntimeError,
    EOFError,
    AssertionError,
    struct.error,
    Image.DecompressionBombError,
)
DAMAGED = "it is damaged or cut off; scan it or send it again"

_ORIENTATION, _PHOTOMETRIC = 274, 262
_FIRST_SIDEWAYS = 5  # orientations 5 to 8 exchange width and height
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_FORMATS = {
    Kind.TIFF: ("TIFF",),
    Kind.JPEG: ("JPEG", "MPO"),
    Kind.PNG: ("PNG",),
    Kind.WEBP: ("WEBP",),
    Kind.BMP: ("BMP",),
    Kind.HEIC: ("HEIF",),
}

Image.MAX_IMAGE_PIXELS = None  # the declared size was checked before: intake.stages.receive
ImageFile.LOAD_TRUNCATED_IMAGES = False


def send_frames(request: dict[str, Any], send: Send) -> None:
    """Send the page of each ``[number, index]`` of ``request["frames"]``, or why it cannot be read.

    A damaged frame is told as ``{"unread": number, ...}``, and the next one tried.
    """
    kind, path = Kind(request["kind"]), Path(request["path"])
    for number, index in request["frames"]:
        allow_cpu(request["page_seconds"])
        try:
            page = _page(path, kind, index, request)
        except DAMAGE as error:
            send({"unread": number, "error": "refused", "message": _why_unread(error)})
        except Refused as error:
            send({"unread": number, "error": "refused", "message": str(error)})
        except MemoryError:
            send({"unread": number, "error": "refused", "message": TOO_MUCH_MEMORY})
        else:
            send_page(send, number, page, {})


_UNSUPPORTED = "it is packed in a way that is not known here; save it as PNG or PDF"
_EITHER = "it is damaged, or packed in a way that is not known here; save it as PNG, or scan it"


def _why_unread(error: BaseException) -> str:
    """Return cause and remedy of what Pillow raised: of some kinds it knows the name alone."""
    if isinstance(error, NotImplementedError) or str(error).startswith("Unsupported"):
        return _UNSUPPORTED
    return _EITHER if isinstance(error, UnidentifiedImageError) else DAMAGED


def open_picture(source: IO[bytes], kind: Kind) -> Image.Image:
    """Open a picture of this kind, reading its header only.

    Never by its path: Pillow then maps some files into memory, and gives those
    of a turned TIFF back unturned.
    """
    if kind is Kind.HEIC:
        # not loaded before: its libraries are large and HEIC is rare
        import pillow_heif  # noqa: PLC0415

        pillow_heif.register_heif_opener(thumbnails=False)
    return Image.open(source, formats=_FORMATS[kind])


def _page(path: Path, kind: Kind, index: int, request: dict[str, Any]) -> Finished:
    with path.open("rb") as file, open_picture(file, kind) as image:
        if index:
            image.seek(index)
        check_size(image.width, image.height, request["pixels"])
        notes = _frame_notes(image, kind)
        orientation = orientation_of(image)
        declared = declared_dpi(image)
        negative = kind is Kind.TIFF and _is_unturned_negative(image)
        if isinstance(image, JpegImagePlugin.JpegImageFile):
            declared = ease_jpeg(image, declared, request["dpi"], path)
        image.load()
        # Pillow itself turns a TIFF, and HEIC carries its turns within
        turn = None if kind in (Kind.TIFF, Kind.HEIC) else _TURNS.get(orientation)
        turned: Image.Image = image if turn is None else image.transpose(turn)
        if orientation >= _FIRST_SIDEWAYS:
            declared = declared[1], declared[0]
        # a JPEG without colour was decoded without
        is_coloured = image.mode == "RGB" and isinstance(image, JpegImagePlugin.JpegImageFile)
        return finish(
            turned, declared, request["dpi"], notes, is_coloured=is_coloured, white_is_zero=negative
        )


def ease_jpeg(
    image: JpegImagePlugin.JpegImageFile,
    declared: tuple[float, float],
    wanted: float,
    source: Path | IO[bytes],
) -> tuple[float, float]:
    """Have a JPEG decoded no finer than wanted, and without colour where it has none.

    Returns the resolution that it then has. Halving while decoding costs a
    quarter of decoding and shrinking, and leaving colour out about a third.
    """
    width, height = image.size
    work = working_size(width, height, declared, wanted)
    size = min(width, work.width), min(height, work.height)
    mode = image.mode
    if mode == "RGB":
        with Image.open(source, formats=_FORMATS[Kind.JPEG]) as sample:
            sample.draft("RGB", (size[0] // 4, size[1] // 4))
            mode = "RGB" if has_colour(sample) else "L"
    image.draft(mode, size)
    return declared[0] * image.width / width, declared[1] * image.height / height


def _is_unturned_negative(image: Image.Image) -> bool:
    """Whether white is zero in a 16-bit picture, which Pillow alone leaves as it is."""
    tags = getattr(image, "tag_v2", {})
    return image.mode.startswith("I") and tags.get(_PHOTOMETRIC) == 0


def declared_dpi(image: Image.Image) -> tuple[float, float]:
    """Return what the file says of its resolution, 0 where it says nothing usable."""
    try:
        across, down = image.info.get("dpi", (0.0, 0.0))
        return float(across), float(down)
    except (TypeError, ValueError, ArithmeticError):
        return 0.0, 0.0


def orientation_of(image: Image.Image) -> int:
    """Return the EXIF orientation, 1 to 8; 1 where there is none."""
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except DAMAGE:
        return 1  # a broken EXIF block says nothing about the pixels


def _frame_notes(image: Image.Image, kind: Kind) -> list[str]:
    count = getattr(image, "n_frames", 1)
    if kind in (Kind.PNG, Kind.WEBP) and count > 1:
        return [f"only the first of {count} moving pictures was read"]
    return []
