// What is pasted from documents says by styles what the editor knows as elements. Under the page's policy styles
// are not applied, and so could not be read: they are translated here, on the text of the tags.
// Plain text becomes what its marks say. Nothing else is changed, no word dropped.
import { Extension, Plugin, pm } from "django-prose-editor/editor"
import { structured } from "waymark/editor/markdown"

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

const BOLD = "strong, b"

/** Whether all of its text is bold. */
function isBold(element) {
  const rest = element.cloneNode(true)
  for (const bold of rest.querySelectorAll(BOLD)) bold.remove()
  return Boolean(element.textContent.trim()) && !rest.textContent.trim()
}

function unbold(element) {
  for (const bold of element.querySelectorAll(BOLD)) bold.replaceWith(...bold.childNodes)
}

/** Cells that only look like headings of their table, by bold text or by standing in its head. */
function headerCells(table) {
  const rows = [...table.rows]
  const heads = rows.filter((row) => row.parentElement.tagName === "THEAD")
  if (!heads.length && rows.length > 1 && !table.querySelector("th") && [...rows[0].cells].every(isBold)) heads.push(rows[0])
  for (const row of heads) {
    for (const cell of row.querySelectorAll("td")) rename(cell, "th")
    for (const cell of row.cells) unbold(cell)
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
  for (const table of page.querySelectorAll("table")) headerCells(table)
  // A heading is bold already.
  for (const heading of page.querySelectorAll("h2, h3, h4")) if (isBold(heading)) unbold(heading)
  return page.body.innerHTML
}

/** An editor of code puts its colours on the clipboard, as HTML that says nothing of what the text means. */
const saysNothing = (html) => html && !/<(h[1-6]|[uo]l|li|table|a|strong|b|em|i|pre|code|img|blockquote)\b|mso-/i.test(html)

export const PlainPaste = Extension.create({
  name: "plainPaste",

  addProseMirrorPlugins() {
    const clipboardTextParser = (text, context, plain, view) => {
      const html = plain || context.parent.type.spec.code ? null : structured(text)
      if (!html) return null
      const page = new DOMParser().parseFromString(html, "text/html")
      return pm.model.DOMParser.fromSchema(view.state.schema).parseSlice(page.body, { context })
    }
    let isOurs = false
    const handlePaste = (view, event) => {
      const { clipboardData: data } = event
      const html = !isOurs && saysNothing(data.getData("text/html")) ? structured(data.getData("text/plain")) : null
      if (!html) return false
      isOurs = true // what is pasted in its place comes by here again
      try {
        return view.pasteHTML(html, event)
      } finally {
        isOurs = false
      }
    }
    return [new Plugin({ props: { clipboardTextParser, handlePaste, transformPastedHTML: translated } })]
  },
})
