"""Drawings as pictures, for formats that hold no SVG."""

from kg.errors import MissingLibraryError

_ZOOM = 3  # 288 dots an inch


def png(svg: str) -> bytes:
    """Return *svg* as PNG, drawn by resvg with the fonts of this machine.

    Raises:
        MissingLibraryError: resvg is not installed.
    """
    try:
        from resvg_py import svg_to_bytes
    except ImportError as error:
        raise MissingLibraryError(format_="docx", library="resvg-py", detail=error) from error
    data: bytes = svg_to_bytes(svg_string=svg, zoom=_ZOOM, background="#ffffff")
    return data
