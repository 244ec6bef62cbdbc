// What is pasted from documents says by styles what the editor knows as elements. Under the page's policy styles
// are not applied, and so could not be read: they are translated here, on the text of the tags.
// Plain text that is plainly a list, a table or headings becomes one. Nothing else is changed, no word dropped.
import { Extension, Plugin, pm } from "django-prose-editor/editor"

const escape = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")
const isRule = (line) => /^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$/.test(line) && line.includes("-")
const isRow = (line) => /^\s*\|.*\|\s*$/.test(line)
const BULLET = /^\s*[-*•]\s+/
const NUMBER = /^\s*\d{1,3}[.)]\s+/
const HEADING = /^(#{1,4})\s+/

function inline(text) {
  return escape(text)
    .replace(/\*\*([^*\s](?:[^*]*[^*\s])?)\*\*/g, "<strong>$1</strong>")
    .replace(/`([^`]+)`/g, "<code>$1</code>")
}

function cells(line, tag) {
  const parts = line.trim().slice(1, -1).split("|")
  return `<tr>${parts.map((part) => `<${tag}>${inline(part.trim())}</${tag}>`).join("")}</tr>`
}

function table(lines) {
  const hasHead = lines.length > 1 && isRule(lines[1])
  const rows = lines.filter((line) => !isRule(line))
  return `<table>${rows.map((line, index) => cells(line, hasHead && index === 0 ? "th" : "td")).join("")}</table>`
}

const list = (tag, mark) => (lines) =>
  `<${tag}>${lines.map((line) => `<li>${inline(line.replace(mark, "").trim())}</li>`).join("")}</${tag}>`

function heading([line]) {
  const level = Math.max(2, HEADING.exec(line)[1].length)
  return `<h${level}>${inline(line.replace(HEADING, "").trim())}</h${level}>`
}

// What a run of lines is, in the order of asking. Only the last two are not signs of structure.
const KINDS = [
  { is: isRow, make: table },
  { is: (line) => BULLET.test(line), make: list("ul", BULLET) },
  { is: (line) => NUMBER.test(line), make: list("ol", NUMBER) },
  { is: (line) => HEADING.test(line), make: heading, single: true },
  { is: (line) => !line.trim(), make: () => "", plain: true },
  { is: () => true, make: (lines) => lines.map((line) => `<p>${inline(line)}</p>`).join(""), plain: true },
]

const SENTENCE_END = /[.,:;!…]["”')\]]?$/

/** Pasted text has lost its heading marks: a short line that begins like a title and ends like no sentence. */
function seemsHeading(line, after) {
  const text = line.trim()
  return Boolean(after.trim()) && text.length <= 100 && /^[\p{Lu}\d]/u.test(text) && !SENTENCE_END.test(text)
}

function withHeadings(lines) {
  const isText = (line) => KINDS.find((kind) => kind.is(line)) === KINDS.at(-1)
  return lines.map((line, index) => {
    const after = lines.slice(index + 1).find((next) => next.trim()) || ""
    return isText(line) && seemsHeading(line, after) ? `## ${line.trim()}` : line
  })
}

function runsOf(lines) {
  const runs = []
  for (const line of lines) {
    const kind = KINDS.find((candidate) => candidate.is(line))
    const last = runs.at(-1)
    if (last?.kind === kind && !kind.single) last.lines.push(line)
    else runs.push({ kind, lines: [line] })
  }
  return runs
}

/** HTML for `text`, or null when it shows no structure. */
export function structured(text) {
  const lines = text.replaceAll("\r", "").split("\n")
  const isStructured = runsOf(lines).some(({ kind, lines }) => !kind.plain && (lines.length > 1 || kind.single))
  if (!isStructured) return null
  return runsOf(withHeadings(lines))
    .map(({ kind, lines }) => kind.make(lines))
    .join("")
}

// --- From Word, Google Docs and the like --------------------------------------

const LEVELS = { H1: "h2", H5: "h4", H6: "h4" }
const MARKS = [
  ["strong", /font-weight:\s*(bold|[6-9]00)/],
  ["em", /font-style:\s*italic/],
  ["s", /text-decoration[^;]*line-through/],
  ["sup", /vertical-align:\s*super/],
  ["sub", /vertical-align:\s*sub(?!t)/],
]

const styleOf = (element) => (element.dataset.style || "").toLowerCase()

function rename(element, name) {
  const renamed = element.ownerDocument.createElement(name)
  renamed.append(...element.childNodes)
  element.replaceWith(renamed)
  return renamed
}

/** Word writes lists as paragraphs, their bullets as text. */
function listItems(page) {
  let list = null
  for (const paragraph of page.querySelectorAll("p[data-style*='mso-list']")) {
    const marker = [...paragraph.querySelectorAll("[data-style]")].find((e) => /mso-list:\s*ignore/.test(styleOf(e)))
    const name = /^\s*(\d+|[a-z])[.)]/i.test(marker?.textContent || "") ? "ol" : "ul"
    marker?.remove()
    const item = page.createElement("li")
    item.append(...paragraph.childNodes)
    const continues = list && list.tagName.toLowerCase() === name && list.nextElementSibling === paragraph
    if (!continues) {
      list = page.createElement(name)
      paragraph.before(list)
    }
    list.append(item)
    paragraph.remove()
  }
}

function translated(html) {
  const named = html.replace(/<[^>]*>/g, (tag) => tag.replace(/\sstyle=/gi, " data-style="))
  const page = new DOMParser().parseFromString(named, "text/html")
  listItems(page)
  for (const element of page.querySelectorAll("h1, h5, h6")) rename(element, LEVELS[element.tagName])
  // Google Docs wraps everything in <b style="font-weight:normal">.
  for (const element of page.querySelectorAll("b[data-style*='normal'], b[data-style*='400']")) rename(element, "span")
  for (const span of page.querySelectorAll("span[data-style]")) {
    for (const [mark, pattern] of MARKS) {
      if (!pattern.test(styleOf(span))) continue
      const wrapper = page.createElement(mark)
      wrapper.append(...span.childNodes)
      span.append(wrapper)
    }
  }
  return page.body.innerHTML
}

export const PlainPaste = Extension.create({
  name: "plainPaste",

  addProseMirrorPlugins() {
    const clipboardTextParser = (text, context, plain, view) => {
      const html = plain || context.parent.type.spec.code ? null : structured(text)
      if (!html) return null
      const page = new DOMParser().parseFromString(html, "text/html")
      return pm.model.DOMParser.fromSchema(view.state.schema).parseSlice(page.body, { context })
    }
    return [new Plugin({ props: { clipboardTextParser, transformPastedHTML: translated } })]
  },
})
