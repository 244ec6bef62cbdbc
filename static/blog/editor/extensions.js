// What the body editor can do beyond what django-prose-editor brings. Names here are those in body_field.py.
import "waymark/editor/dialogs"

export { LibraryPicture } from "waymark/editor/pictures"
export { LiveBlock } from "waymark/editor/live-block"
export { LiveFact, LiveLink } from "waymark/editor/live-inline"
export { PlainPaste } from "waymark/editor/paste"
export { Table } from "waymark/editor/tables"
export { Bold, Code, CodeBlock, EditorName, Italic, Link, OrderedList, Strike } from "waymark/editor/writing"
