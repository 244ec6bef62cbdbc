"""The picture that stands for a page where a link to it is shown: 1200 × 630, drawn from words and a number.

The landscape is the one a page without a cover has on the site itself, read from the same files.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from io import BytesIO
from itertools import chain
from typing import Final

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

STYLE: Final = 1  # one more whenever the same words come to look different: caches keep pictures for ever
WIDTH: Final = 1200
HEIGHT: Final = 630
FONTS: Final = settings.BASE_DIR / "website" / "fonts"  # whole, not those cut small for browsers
MARGIN: Final = 80
TEXT_WIDTH: Final = WIDTH - 2 * MARGIN
TITLE_TOP: Final = 156
TITLE_BOTTOM: Final = 486
SIZES: Final = (92, 84, 76, 68, 62, 56, 50, 45, 40)
LEADING: Final = 1.14
PAPER: Final = (251, 252, 250)
BLAZE: Final = (255, 199, 39)
MARK: Final = (27, 26, 16)
# The first that has every letter of a text draws it. The last has all that is written in Latin letters.
SERIF: Final = (("newsreader", (600, 72)), ("newsreader-wide", None))
SANS: Final = (("instrument-sans", (600,)), ("newsreader-wide", None))
# In its cut for large sizes these lie as flat as a dash.
SQUASHED: Final = {("newsreader", "<"), ("newsreader", ">")}
# As in covers.css: the ground of a category, and the lines on it. The last is the catalogue's own.
TONES: Final = (
    ("#0f423d", "#6fb5a7"),
    ("#17345a", "#7ba3d6"),
    ("#4c1f3c", "#c383a8"),
    ("#374212", "#a7b765"),
    ("#5c2812", "#cf8b69"),
    ("#2e2763", "#978edb"),
    ("#0b3f55", "#6cb0cb"),
    ("#2c353d", "#8fa0ae"),
    ("#15211d", "#9fb0a8"),
)
OF_THE_CATALOGUE: Final = len(TONES) - 1
COLOURS: Final = 96
SHARPNESS: Final = 2  # lines are drawn so many times larger, which makes them smooth

Faces = tuple[tuple[str, tuple[int, ...] | None], ...]
Font = ImageFont.FreeTypeFont
Point = tuple[float, float]


@dataclass(frozen=True)
class Poster:
    """All that is drawn: two posters that are equal look the same."""

    title: str
    kicker: str
    site: str
    tone: int
    terrain: int


def draw(poster: Poster) -> bytes:
    """A PNG file."""
    picture = landscape(poster.tone, poster.terrain)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, WIDTH, 10), fill=BLAZE)
    _line(pen, (MARGIN, 104), poster.kicker, size=30, colour=TONES[poster.tone][1], limit=TEXT_WIDTH)
    _title(pen, drawable(poster.title) or drawable(poster.site))
    picture.paste(sign(), (MARGIN, 536), mask=sign())
    _line(pen, (MARGIN + 66, 557), poster.site, size=34, colour=PAPER, limit=TEXT_WIDTH - 66)
    file = BytesIO()
    picture.quantize(COLOURS, method=Image.Quantize.FASTOCTREE).save(file, "PNG", optimize=False)
    return file.getvalue()


# --- Words ------------------------------------------------------------------


@cache
def font(name: str, size: int, axes: tuple[int, ...] | None) -> Font:
    face = ImageFont.truetype(str(FONTS / f"{name}.woff2"), size)
    if axes:
        face.set_variation_by_axes(list(axes))
    return face


@lru_cache(maxsize=4096)
def has(name: str, letter: str) -> bool:
    """Whether the font draws more than the box that stands for a letter it lacks."""
    if (name, letter) in SQUASHED:
        return False
    face = font(name, 40, None)
    drawn, box = face.getmask(letter), face.getmask("\uffff")
    return (drawn.size, bytes(drawn)) != (box.size, bytes(box))


def face_for(text: str, faces: Faces, size: int) -> Font:
    name, axes = next((face for face in faces if all(has(face[0], letter) for letter in text)), faces[-1])
    return font(name, size, axes)


def drawable(text: str) -> str:
    """``text`` in one line, without what no font can draw; nothing where too little would be left to read."""
    whole = unicodedata.normalize("NFC", " ".join(text.split()))
    letters = [letter for letter in whole if unicodedata.category(letter)[0] not in "CM"]
    kept = [letter for letter in letters if has("newsreader-wide", letter)]
    read, lost = (sum(letter.isalnum() for letter in some) for some in (kept, letters))
    return " ".join("".join(kept).split()) if read * 3 > lost * 2 else ""


def measured(text: str, face: Font, width: float) -> list[tuple[str, float]]:
    """The words and how long each is. One wider than a line comes in pieces that fill lines of their own."""
    found = [(word, face.getlength(word)) for word in text.split()]
    return list(
        chain.from_iterable([each] if each[1] <= width else pieces(each[0], face, width) for each in found)
    )


def pieces(word: str, face: Font, width: float) -> list[tuple[str, float]]:
    found = [("", 0.0)]
    for letter in word:
        step = face.getlength(letter)
        piece, length = found[-1]
        if piece and length + step > width:
            found.append((letter, step))
        else:
            found[-1] = (piece + letter, length + step)
    return found


def wrapped(words: list[tuple[str, float]], space: float, width: float) -> list[str]:
    """As few lines as hold them."""
    lines: list[tuple[str, float]] = []
    for word, length in words:
        if lines and lines[-1][1] + space + length <= width:
            lines[-1] = (f"{lines[-1][0]} {word}", lines[-1][1] + space + length)
        else:
            lines.append((word, length))
    return [line for line, _ in lines]


def balanced(text: str, face: Font) -> list[str]:
    """In lines about as long as each other, so that no word is left alone in the last."""
    words, space = measured(text, face, TEXT_WIDTH), face.getlength(" ")
    lines = wrapped(words, space, TEXT_WIDTH)
    widest = max(length for _, length in words)
    widths = (TEXT_WIDTH * share / 20 for share in range(12, 20))
    narrower = (wrapped(words, space, width) for width in widths if width >= widest)
    return next((each for each in narrower if len(each) == len(lines)), lines)


def shortened(lines: list[str], face: Font, room: int) -> list[str]:
    if len(lines) <= room:
        return lines
    last = lines[room - 1]
    while last and face.getlength(f"{last}…") > TEXT_WIDTH:
        last = last[:-1]
    return [*lines[: room - 1], f"{last.rstrip()}…"]


def set_title(text: str) -> tuple[list[str], Font, int]:
    """The lines of a title in the largest size in which it has room, its long words whole if they can be."""
    for size in SIZES:
        face = face_for(text, SERIF, size)
        lines, room = balanced(text, face), int((TITLE_BOTTOM - TITLE_TOP) / (size * LEADING))
        if len(lines) <= min(room, 5) and (" ".join(lines) == text or size == SIZES[-1]):
            break
    return shortened(lines, face, room), face, round(size * LEADING)


def _title(pen: ImageDraw.ImageDraw, title: str) -> None:
    if not title:
        return
    lines, face, step = set_title(title)
    for number, line in enumerate(lines):
        pen.text((MARGIN - 3, TITLE_TOP + number * step), line, font=face, fill=PAPER, anchor="la")


def _line(
    pen: ImageDraw.ImageDraw, at: Point, words: str, *, size: int, colour: object, limit: float
) -> None:
    """One line around the height of ``at``, shortened if it has to be."""
    text = drawable(words)
    if not text:
        return
    face = face_for(text, SANS, size)
    shown = shortened(wrapped(measured(text, face, limit), face.getlength(" "), limit), face, 1)[0]
    pen.text(at, shown, font=face, fill=colour, anchor="lm")  # type: ignore[arg-type]


# --- The landscape ----------------------------------------------------------


def landscape(tone: int, terrain: int) -> Image.Image:
    """Without words. The lines grow faint towards the left, where those are read."""
    ground, lines = TONES[tone]
    picture = Image.new("RGB", (WIDTH, HEIGHT), ground)
    picture.paste(Image.new("RGB", (WIDTH, HEIGHT), lines), mask=contours(terrain))
    return picture


@cache
def contours(terrain: int) -> Image.Image:
    scale = WIDTH / 640 * SHARPNESS
    lines = Image.new("L", (WIDTH * SHARPNESS, HEIGHT * SHARPNESS))
    pen = ImageDraw.Draw(lines)
    for path in paths(terrain):
        pen.line([(x * scale, (y - 32) * scale) for x, y in path], fill=255, width=3)
    fade = Image.linear_gradient("L").rotate(90).resize(lines.size).point(lambda grey: 26 + grey * 3 // 8)
    faded = Image.composite(fade, Image.new("L", lines.size), lines)
    return faded.reduce(SHARPNESS)


def paths(terrain: int) -> list[list[Point]]:
    """The contour lines as the file has them: moves and quadratic curves between absolute places."""
    text = (settings.BASE_DIR / "static" / "img" / f"contours-{terrain}.svg").read_text()
    drawn: list[list[Point]] = []
    for command, numbers in re.findall(r"([MQ])([-\d. ]+)", " ".join(re.findall(r' d="([^"]*)"', text))):
        values = [float(number) for number in numbers.split()]
        if command == "M":
            drawn.append([(values[0], values[1])])
        else:
            drawn[-1].extend(curve(drawn[-1][-1], (values[0], values[1]), (values[2], values[3])))
    return drawn


def curve(start: Point, control: Point, end: Point, steps: int = 4) -> list[Point]:
    shares = [(number / steps, 1 - number / steps) for number in range(1, steps + 1)]
    return [
        (
            u * u * start[0] + 2 * u * t * control[0] + t * t * end[0],
            u * u * start[1] + 2 * u * t * control[1] + t * t * end[1],
        )
        for t, u in shares
    ]


@cache
def sign() -> Image.Image:
    """The plate of a signpost, as in the icon of the site."""
    scale = 4
    plate = [(0, 0), (38, 0), (54, 21), (38, 42), (0, 42)]
    mark = [(10, 12), (17, 30), (24, 15), (31, 30), (38, 12)]
    large = Image.new("RGBA", (55 * scale, 43 * scale), (*BLAZE, 0))
    pen = ImageDraw.Draw(large)
    pen.polygon([(x * scale, y * scale) for x, y in plate], fill=BLAZE)
    pen.line([(x * scale, y * scale) for x, y in mark], fill=MARK, width=5 * scale, joint="curve")
    return large.reduce(scale)
