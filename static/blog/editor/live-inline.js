// Facts from the catalogue inside a sentence: chosen from lists, shown in the words that readers will read.
import { Node, crel } from "django-prose-editor/editor"
import { ask, choice, choices, fetchJson, field, icon, place, tell } from "waymark/editor/dialogs"

const answers = new Map()

/** `{text, problem}` for what an element refers to; asked once. */
function said(url, kind, attributes) {
  const address = `${url}?${new URLSearchParams({ kind, ...attributes })}`
  if (!answers.has(address)) {
    const answer = fetchJson(address)
    answer.catch(() => answers.delete(address))
    answers.set(address, answer)
  }
  return answers.get(address)
}

function chosen(select, noun) {
  if (!select.value) throw new Error(`Choose a ${noun}.`)
  return select.value
}

/** Says in the dialog what readers would read, whenever another choice is made. */
function sample(url, kind, selects, read) {
  const line = crel("p", { className: "editor-sample", role: "status" })
  const show = () => {
    if (!selects.every((select) => select.value)) {
      line.textContent = ""
      return
    }
    const asked = read()
    said(url, kind, asked)
      .then(({ text, problem }) => {
        const current = selects.every((select) => Object.values(asked).includes(select.value))
        if (current) line.textContent = [`Readers read: ${text}.`, problem].filter(Boolean).join(" ")
      })
      .catch((error) => {
        line.textContent = error.message
      })
  }
  for (const select of selects) select.addEventListener("change", show)
  show()
  return line
}

/** One inline element of the catalogue. `controls` makes the dialog's fields from the lists. */
function livePart({ name, tag, kind, attributes, noun, symbol, controls }) {
  return Node.create({
    name,
    group: "inline",
    inline: true,
    atom: true,
    draggable: true,
    selectable: true,

    addOptions() {
      return { preview: "", choices: "" }
    },

    addAttributes() {
      return Object.fromEntries(
        attributes.map((key) => [
          key,
          {
            default: "",
            parseHTML: (element) => element.getAttribute(`data-${key}`) || "",
            renderHTML: (values) => (values[key] ? { [`data-${key}`]: values[key] } : {}),
          },
        ]),
      )
    },

    parseHTML() {
      return [{ tag }]
    },

    renderHTML({ HTMLAttributes }) {
      return [tag, HTMLAttributes]
    },

    addCommands() {
      const { preview, choices: url } = this.options
      const question = async (values) => {
        const lists = await choices(url)
        const { rows, selects, read } = controls(lists, values)
        const parts = [...rows, sample(preview, kind, selects, () => readQuietly(read, values))]
        const title = values.ref ? `Change the ${noun}` : `Insert a ${noun}`
        return ask({ title, parts, submit: values.ref ? "Change" : "Insert", read })
      }
      return {
        [`edit_${name}`]:
          (position = null) =>
          ({ editor, dispatch }) => {
            if (!dispatch) return true
            const node = position === null ? null : editor.state.doc.nodeAt(position)
            if (!node && !fits(editor, name)) tell(`In code there is no place for a ${noun}.`)
            else {
              const values = node?.attrs || Object.fromEntries(attributes.map((key) => [key, ""]))
              place(editor, name, node && position, question(values))
            }
            return true
          },
      }
    },

    addKeyboardShortcuts() {
      return {
        Enter: ({ editor }) => {
          const { selection } = editor.state
          if (selection.node?.type.name !== name) return false
          return editor.commands[`edit_${name}`](selection.from)
        },
      }
    },

    addMenuItems({ buttons, menu }) {
      menu.defineItem({
        name,
        groups: "insert",
        button: icon(buttons, symbol, `Insert ${noun}`),
        command(editor) {
          const { selection } = editor.state
          editor.commands[`edit_${name}`](selection.node?.type.name === name ? selection.from : null)
        },
        active: (editor) => editor.isActive(name),
      })
    },

    addNodeView() {
      const { preview } = this.options
      return ({ node, editor, getPos }) => {
        let current = node
        const dom = crel("span", { className: "live-inline" })
        const show = (values) => {
          dom.textContent = `${values.ref}…`
          said(preview, kind, values)
            .then(({ text, problem }) => {
              if (current.attrs !== values) return
              dom.classList.toggle("has-problem", Boolean(problem))
              dom.textContent = problem ? `${text} – ${problem}` : text
            })
            .catch((error) => {
              dom.textContent = error.message
            })
        }
        dom.addEventListener("dblclick", () => editor.commands[`edit_${name}`](getPos()))
        show(node.attrs)
        return {
          dom,
          update(updated) {
            if (updated.type !== current.type) return false
            const changed = attributes.some((key) => updated.attrs[key] !== current.attrs[key])
            current = updated
            if (changed) show(updated.attrs)
            return true
          },
          ignoreMutation: () => true,
        }
      }
    },
  })
}

function readQuietly(read, values) {
  try {
    return read()
  } catch {
    return values
  }
}

/** Whether the text at the cursor can hold such an element: code cannot. */
function fits(editor, name) {
  const { $to } = editor.state.selection
  const type = editor.schema.nodes[name]
  return !$to.parent.isTextblock || $to.parent.contentMatchAt($to.index()).matchType(type) !== null
}

const about = (lists, values) => choice(lists.credentials, values.ref)

export const LiveFact = livePart({
  name: "liveFact",
  tag: "careers-fact",
  kind: "fact",
  attributes: ["ref", "field"],
  noun: "live fact",
  symbol: "fact_check",
  controls(lists, values) {
    const credential = about(lists, values)
    const which = choice(lists.fields, values.field || "price", "")
    return {
      rows: [
        field("Fact", which, "It follows the catalogue: when the fact changes, the sentence does."),
        field("Of which certification", credential),
      ],
      selects: [which, credential],
      read: () => ({ ref: chosen(credential, "certification"), field: which.value }),
    }
  },
})

export const LiveLink = livePart({
  name: "liveLink",
  tag: "careers-link",
  kind: "link",
  attributes: ["ref"],
  noun: "certification link",
  symbol: "workspace_premium",
  controls(lists, values) {
    const credential = about(lists, values)
    const help = "By its name of today. Once it is retired, what took its place is named instead."
    return {
      rows: [field("Which certification", credential, help)],
      selects: [credential],
      read: () => ({ ref: chosen(credential, "certification") }),
    }
  },
})
