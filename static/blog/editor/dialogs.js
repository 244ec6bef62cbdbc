// Dialogs with lists to choose from, and talking to the server.
import { crel } from "django-prose-editor/editor"

// The editor would add an inline style element, which the page's policy forbids; editor.css has its rules.
// Finding one that is there already, it adds none; this one, of another namespace, has no effect at all.
if (!document.querySelector("style[data-tiptap-style]")) {
  const placeholder = document.createElementNS("http://www.w3.org/1998/Math/MathML", "style")
  placeholder.setAttribute("data-tiptap-style", "")
  document.head.append(placeholder)
}

let fields = 0

/** A label with its control; `help` is read with it. */
export function field(label, control, help = "") {
  control.id = `editor-field-${++fields}`
  const parts = [crel("label", { htmlFor: control.id, textContent: label }), control]
  if (help) {
    parts.push(crel("p", { id: `${control.id}-help`, className: "editor-help", textContent: help }))
    control.setAttribute("aria-describedby", `${control.id}-help`)
  }
  return crel("div", { className: "editor-field" }, parts)
}

export function checkbox(label, checked) {
  const input = crel("input", { type: "checkbox", checked, id: `editor-field-${++fields}` })
  const text = crel("label", { htmlFor: input.id, textContent: label })
  return { input, row: crel("div", { className: "editor-field editor-check" }, [input, text]) }
}

/** A list to choose one from. A value that is not on it (any more) stays choosable, marked. */
export function choice(options, value = "", empty = "Choose…") {
  const select = crel("select")
  const known = options.some(([slug]) => slug === value)
  if (empty) select.append(new Option(empty, ""))
  if (value && !known) select.append(new Option(`${value} (not published)`, value))
  for (const [slug, name] of options) select.append(new Option(name, slug))
  select.value = value || select.options[0].value
  return select
}

/**
 * Ask in a modal dialog. `read` returns what was chosen, or throws an Error whose message is shown.
 * Resolves to null when it is closed without an answer.
 */
export function ask({ title, parts, submit, read }) {
  return new Promise((resolve) => {
    const heading = crel("h2", { textContent: title, id: `editor-field-${++fields}` })
    const problem = crel("p", { className: "editor-problem", role: "alert" })
    const cancel = crel("button", { type: "button", textContent: "Cancel" })
    const buttons = crel("div", { className: "editor-buttons" }, [
      crel("button", { type: "submit", className: "editor-primary", textContent: submit }),
      cancel,
    ])
    const form = crel("form", { method: "dialog", noValidate: true }, [heading, ...parts, problem, buttons])
    const dialog = crel("dialog", { className: "editor-dialog", "aria-labelledby": heading.id }, [form])
    let answer = null
    form.addEventListener("submit", (event) => {
      event.preventDefault()
      try {
        answer = read()
        dialog.close()
      } catch (error) {
        problem.textContent = error.message
      }
    })
    cancel.addEventListener("click", () => dialog.close())
    dialog.addEventListener("close", () => {
      dialog.remove()
      resolve(answer)
    })
    document.body.append(dialog)
    dialog.showModal()
    form.querySelector("select, input, textarea")?.focus()
  })
}

/** JSON from the server, or an Error with a sentence for the editor. */
export async function fetchJson(url, options = {}) {
  let response
  try {
    response = await fetch(url, options)
  } catch {
    throw new Error("The server could not be reached. Please try again.")
  }
  if (response.redirected) throw new Error("You are signed out. Sign in again in another tab; your text stays here.")
  if (response.status === 403) throw new Error("You do not have the permission for this.")
  const answer = await response.json().catch(() => ({}))
  if (!response.ok) throw new Error(answer.error || `The server answered with an error (${response.status}).`)
  return answer
}

let loaded = null

/** What the catalogue has to choose from; asked once, and again after a failure. */
export function choices(url) {
  loaded ??= fetchJson(url).catch((error) => {
    loaded = null
    throw error
  })
  return loaded
}

export async function tell(message) {
  await ask({
    title: "That did not work",
    parts: [crel("p", { textContent: message })],
    submit: "OK",
    read: () => true,
  })
}

/** Puts the answer to `question` into the node at `position`, or into a new one after what is selected. */
export function place(editor, name, position, question) {
  question
    .then((answer) => {
      if (!answer) editor.commands.focus()
      else if (position === null) insert(editor, { type: name, attrs: answer })
      else editor.chain().setNodeSelection(position).updateAttributes(name, answer).focus().run()
    })
    .catch((error) => tell(error.message))
}

// An empty caption looks to the editor like an empty paragraph, which it replaces: the picture with it.
function insert(editor, content) {
  const { $to } = editor.state.selection
  const inCaption = $to.parent.isTextblock && $to.parent.type.spec.isolating
  editor.chain().focus().insertContentAt(inCaption ? $to.after() : $to.pos, content).run()
}

export function remove(editor, node, from) {
  editor.chain().deleteRange({ from, to: from + node.nodeSize }).focus().run()
}

export function icon(buttons, name, title) {
  const button = buttons.material(name, title)
  button.classList.add("editor-icon")
  return button
}
