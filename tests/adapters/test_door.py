"""What is taken as a file, and every way to hide something that is refused with its reason."""

from __future__ import annotations

import io
import os
import zipfile
from email.message import EmailMessage

import pytest

from adapters.door import CSV, EML, JPEG, OFFICE, PDF, PNG, TEXT, USUAL, ZIP, Limits, media_type, safe_name
from bot.errors import InvalidInput

PDF_BYTES = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"
EXE = b"MZ\x90\x00" + bytes(200)
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)
CONTENT_TYPES = "[Content_Types].xml"


def zipped(files: dict[str, bytes | str], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return into.getvalue()


def office(folder: str = "word", part: str = "a.xml", content: bytes | str = "") -> bytes:
    return zipped({CONTENT_TYPES: "<Types/>", f"{folder}/document.xml": "<document/>", f"{folder}/{part}": content})


def email(name: str = "numbers.csv", content: bytes = b"a,b\n1,2\n") -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.gov", "b@example.gov", "Beds"
    message.set_content("412 beds.")
    message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def kind(name: str, content: bytes, limits: Limits = USUAL) -> str:
    return media_type(name, io.BytesIO(content), limits)


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("beds.pdf", PDF_BYTES, PDF),
        ("beds.PNG", b"\x89PNG\r\n\x1a\n" + bytes(20), PNG),
        ("beds.jpeg", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", JPEG),
        ("beds.txt", "412 beds in Zürich".encode(), TEXT),
        ("beds", b"412 beds", TEXT),
        ("beds.csv", b"facility,beds\nLKP,412\n", CSV),
        ("beds.docx", office("word"), OFFICE["word"]),
        ("beds.xlsx", office("xl"), OFFICE["xl"]),
        ("beds.pptx", office("ppt"), OFFICE["ppt"]),
        ("beds.eml", email(), EML),
        ("beds.eml", email("beds.pdf", PDF_BYTES), EML),
        ("beds.zip", zipped({"a.pdf": PDF_BYTES, "b/c.txt": "412", "d.docx": office()}), ZIP),
    ],
)
def test_the_kinds_that_are_taken_are_told_by_content(name: str, content: bytes, expected: str) -> None:
    assert kind(name, content) == expected


def bomb(size: int) -> bytes:
    return zipped({"a.txt": b"0" * size})


def lying() -> bytes:
    """An archive whose directory declares less than what its entry unpacks to."""
    content = bytearray(bomb(5_000_000))
    size = (5_000_000).to_bytes(4, "little")
    while (at := content.find(size)) >= 0:
        content[at : at + 4] = (10).to_bytes(4, "little")
    return bytes(content)


def locked() -> bytes:
    content = bytearray(zipped({"a.txt": "412"}))
    for signature, flags in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        content[content.find(signature) + flags] |= 1
    return bytes(content)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("beds.pdf", b"", "is not a PDF"),
        ("beds.exe", EXE, "is not a PDF"),
        ("beds.pdf", EXE, "is not a PDF"),
        ("beds.doc", OLE, "is not a PDF"),
        ("beds.bin", bytes(range(200, 256)) + b"\0", "is not a PDF"),
        ("beds.txt", b"412\0beds", "is not a PDF"),
        ("beds.pdf", b"412 beds", "named like another kind"),
        ("beds.exe", b"412 beds", "named like another kind"),
        ("beds.txt", PDF_BYTES, "named like another kind"),
        ("beds.html", b"<html><script>alert(1)</script></html>", "named like another kind"),
        ("beds.zip", office(), "named like another kind"),
        ("beds.docx", zipped({"a.txt": "412"}), "named like another kind"),
        ("beds.docx", office("xl"), "named like another kind"),
        ("beds.docx", office(part="vbaProject.bin"), "macros"),
        ("beds.docm", office(), "named like another kind"),
        ("beds.xlsx", zipped({CONTENT_TYPES: "<Types>macroEnabled.main+xml</Types>", "xl/a.xml": ""}), "macros"),
        ("beds.xlsx", zipped({CONTENT_TYPES: "<Types/>", "xl/macrosheets/sheet1.xml": ""}), "macros"),
        ("beds.xlsx", zipped({CONTENT_TYPES: "<Types/>", "xl/activeX/activeX1.bin": ""}), "macros"),
        ("beds.docx", zipped({CONTENT_TYPES: "<Types/>", "word/embeddings/oleObject1.bin": OLE}), "macros"),
        ("beds.zip", zipped({"a.exe": EXE}), "holds a.exe, which is not a PDF"),
        ("beds.zip", zipped({"a.pdf": EXE}), "holds a.pdf, which is not a PDF"),
        ("beds.zip", zipped({"a.zip": zipped({"b.txt": "412"})}), "an archive within an archive"),
        (
            "beds.zip",
            zipped({"a.docx": office(part="vbaProject.bin")}),
            "macros",
        ),
        ("beds.zip", zipped({"../a.txt": "412"}), "unpacked elsewhere"),
        ("beds.zip", zipped({"/etc/a.txt": "412"}), "unpacked elsewhere"),
        ("beds.zip", zipped({"..\\a.txt": "412"}), "unpacked elsewhere"),
        ("beds.zip", zipped({"C:a.txt": "412"}), "unpacked elsewhere"),
        ("beds.zip", bomb(5_000_000), "unpacks to more"),
        ("beds.zip", lying(), "can't be unpacked|unpacks to more"),
        ("beds.zip", zipped({f"{n}.txt": "4" for n in range(1001)}), "unpacks to more"),
        ("beds.zip", locked(), "password"),
        ("beds.zip", b"PK\x03\x04" + bytes(40), "can't be unpacked"),
        ("beds.zip", zipped({"a.txt": "412"})[:-10], "can't be unpacked"),
        ("beds.zip", b"PKMZ\x90" + zipped({"a.txt": "412"}), "begins with something else"),
        ("beds.eml", email("run.exe", EXE), "holds run.exe, which is not a PDF"),
        ("beds.eml", email("beds.pdf", EXE), "holds beds.pdf, which is not a PDF"),
    ],
)
def test_what_is_not_taken_or_hides_something_is_refused_with_the_reason(name: str, content: bytes, words: str) -> None:
    with pytest.raises(InvalidInput, match=words) as refused:
        kind(name, content)
    assert refused.value.field == "files"
    assert str(refused.value).startswith((name, f"{name} ")) or " in beds" in str(refused.value)


def test_what_an_archive_unpacks_to_is_counted_over_all_of_it() -> None:
    content = zipped({f"{n}.txt": os.urandom(600).hex() for n in range(10)})
    assert kind("beds.zip", content, Limits(unpacked=12_000)) == ZIP
    with pytest.raises(InvalidInput, match="unpacks to more"):
        kind("beds.zip", content, Limits(unpacked=11_999))
    nested = zipped({f"{n}.docx": office(content=os.urandom(600).hex()) for n in range(10)})
    with pytest.raises(InvalidInput, match="unpacks to more"):
        kind("beds.zip", nested, Limits(unpacked=20_000))


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("beds.pdf", "beds.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\a\\beds.pdf", "beds.pdf"),
        ("beds\u202efdp.exe", "bedsfdp.exe"),
        ("be\x00ds\n.pdf", "beds.pdf"),
        ('a<b>:"|?*.pdf', "a_b______.pdf"),
        ("CON.txt", "_CON.txt"),
        ("  .. ", "file"),
        ("", "file"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
        ("Zürich Übersicht.pdf", "Zürich Übersicht.pdf"),
    ],
)
def test_names_are_made_safe(given: str, safe: str) -> None:
    assert safe_name(given) == safe
