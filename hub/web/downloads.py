"""Files that people put in, handed out again."""

from flask import Response

from hub.db.files import extension_of


def download(content: bytes, media_type: str, number: int) -> Response:
    """Return a file as a download; its name is its number, and says nothing about anybody."""
    name = f"file-{number}.{extension_of(media_type)}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, content_type=media_type, headers=headers)
