// Plain text that is plainly a list, a table, code or headings, and Markdown, as HTML. No word is dropped.

const escape = (text) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;")
const isRule = (line) => /^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$/.test(line) && line.includes("|")
const isRow = (line) => /^\s*\|.*\|\s*$/.test(line)
const BULLET = /^(\s*)[-*+•·▪◦–]\s+(?=\S)/
const NUMBER = /^(\s*)\d{1,3}[.)]\s+(?=\S)/
const HEADING = /^(#{1,6})\s+(?=\S)/
const QUOTE = /^\s{0,3}>\s?/
const FENCE = /^\s{0,3}(```|~~~)\s*([\w+#.-]*)/
const LINK = /\[([^\]\n]+)\]\(((?:https?:\/\/|mailto:|\/|#)[^)\s]*)\)/g
const INLINE = /\[[^\]\n]+\]\((https?:\/\/|mailto:|\/)[^)\s]*\)|\*\*\S(.*?\S)?\*\*|~~\S(.*?\S)?~~/

function marked(text) {
  return escape(text)
    .replace(LINK, '<a href="$2">$1</a>')
    .replace(/\*\*(?=\S)(.+?)(?<=\S)\*\*/g, "<strong>$1</strong>")
    .replace(/(?<![\w*])\*(?=[^\s*])([^*\n]*?[^\s*])\*(?![\w*])/g, "<em>$1</em>")
    .replace(/(?<![\w_/])_(?=[^\s_])([^_\n<>]*?[^\s_])_(?![\w_])/g, "<em>$1</em>")
    .replace(/~~(?=\S)(.+?)(?<=\S)~~/g, "<s>$1</s>")
}

/** Code spans stand as they are; the rest may be bold, italic or a link. */
function inline(text) {
  const parts = text.split(/(`[^`\n]+`)/)
  return parts.map((part, index) => (index % 2 ? `<code>${escape(part.slice(1, -1))}</code>` : marked(part))).join("")
}

function cells(line, tag) {
  const parts = line.trim().slice(1, -1).split(/(?<!\\)\|/)
  const written = parts.map((part) => `<${tag}>${inline(part.trim().replaceAll("\\|", "|"))}</${tag}>`)
  return `<tr>${written.join("")}</tr>`
}

function table(lines) {
  const hasHead = lines.length > 1 && isRule(lines[1])
  const rows = lines.filter((line) => !isRule(line))
  return `<table>${rows.map((line, index) => cells(line, hasHead && index === 0 ? "th" : "td")).join("")}</table>`
}

const indent = (line) => /^\s*/.exec(line)[0].replaceAll("\t", "    ").length

/** Items further in than the first belong to a list in the item above them. */
function list(lines) {
  const [first] = lines
  const tag = NUMBER.test(first) ? "ol" : "ul"
  const items = []
  for (const line of lines) {
    if (items.length && indent(line) > indent(first) + 1) items.at(-1).inner.push(line)
    else items.push({ text: line.replace(BULLET, "").replace(NUMBER, "").trim(), inner: [] })
  }
  const written = items.map(({ text, inner }) => `<li><p>${inline(text)}</p>${inner.length ? list(inner) : ""}</li>`)
  return `<${tag}>${written.join("")}</${tag}>`
}

function heading([line]) {
  const level = Math.min(4, Math.max(2, HEADING.exec(line)[1].length))
  return `<h${level}>${inline(line.replace(HEADING, "").replace(/\s+#+\s*$/, "").trim())}</h${level}>`
}

function code([first, ...lines]) {
  const language = FENCE.exec(first)[2]
  const text = (lines.length && FENCE.test(lines.at(-1)) ? lines.slice(0, -1) : lines).join("\n")
  return `<pre><code${language ? ` class="language-${language}"` : ""}>${escape(text)}</code></pre>`
}

const isNumber = (line) => NUMBER.test(line)
const quote = (lines) => `<blockquote>${html(runsOf(lines.map((line) => line.replace(QUOTE, ""))))}</blockquote>`

// What a run of lines is, in the order of asking. Only the last two are not signs of structure.
const KINDS = [
  { is: (line) => FENCE.test(line), make: code, single: true },
  { is: isRow, make: table },
  { is: (line) => /^\s{0,3}([-*_])(\s*\1){2,}\s*$/.test(line), make: () => "<hr>", single: true },
  { is: (line) => BULLET.test(line), make: list, takes: isNumber },
  { is: isNumber, make: list, takes: (line) => BULLET.test(line) },
  { is: (line) => HEADING.test(line), make: heading, single: true },
  { is: (line) => QUOTE.test(line), make: quote },
  { is: (line) => !line.trim(), make: () => "", plain: true },
  { is: () => true, make: (lines) => lines.map((line) => `<p>${inline(line.trim())}</p>`).join(""), plain: true },
]
const TEXT = KINDS.at(-1)
const CODE = KINDS[0]
const kindOf = (line) => KINDS.find((candidate) => candidate.is(line))

const SENTENCE_END = /[.,:;!…]["”')\]]?$/

/** Pasted text has lost its heading marks: a short line that begins like a title and ends like no sentence. */
function seemsHeading(line, after) {
  const text = line.trim()
  return Boolean(after.trim()) && text.length <= 100 && /^[\p{Lu}\d]/u.test(text) && !SENTENCE_END.test(text)
}

function withHeadings(runs) {
  if (runs.some(({ lines }) => HEADING.test(lines[0]))) return runs
  const texts = runs.flatMap(({ kind, lines }) => lines.map((line) => ({ kind, line })))
  const marks = texts.map(({ kind, line }, index) => {
    const after = texts.slice(index + 1).find((next) => next.line.trim())?.line || ""
    return kind === TEXT && seemsHeading(line, after) ? `## ${line.trim()}` : line
  })
  let at = 0
  return runs.flatMap(({ kind, lines }) => {
    const own = marks.slice(at, (at += lines.length))
    return kind === TEXT ? runsOf(own) : [{ kind, lines: own }]
  })
}

function runsOf(lines) {
  const runs = []
  let fence = ""
  for (const line of lines) {
    const last = runs.at(-1)
    const kind = kindOf(line)
    if (fence) {
      last.lines.push(line)
      if (FENCE.exec(line)?.[1] === fence) fence = ""
    } else if (last && !last.kind.single && (last.kind === kind || (indent(line) > 1 && last.kind.takes?.(line)))) {
      last.lines.push(line)
    } else {
      runs.push({ kind, lines: [line] })
      if (kind === CODE) [, fence] = FENCE.exec(line)
    }
  }
  return runs
}

const html = (runs) => runs.map(({ kind, lines }) => kind.make(lines)).join("")

/** HTML for `text`, or null when it shows no structure. */
export function structured(text) {
  const runs = runsOf(text.replaceAll("\r", "").split("\n"))
  if (runs.some(({ kind, lines }) => !kind.plain && (lines.length > 1 || kind.single))) return html(withHeadings(runs))
  return INLINE.test(text) ? html(runs) : null
}
