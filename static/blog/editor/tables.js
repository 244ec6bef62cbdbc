// Tables with a header row and a caption.
import { Table as BaseTable, crel } from "django-prose-editor/editor"
import { ask, checkbox, field, icon } from "waymark/editor/dialogs"

const number = (value) => crel("input", { type: "number", min: 1, max: 50, value })
const within = (input) => Math.min(50, Math.max(1, Number.parseInt(input.value, 10) || 1))
const CAPTION_HELP = "Says what the table is about. Shown above it, and read to those who cannot see it."

function askForTable() {
  const caption = crel("input", { type: "text", maxLength: 300 })
  const rows = number(3)
  const columns = number(3)
  const head = checkbox("The first row holds headings", true)
  return ask({
    title: "Insert a table",
    parts: [field("Caption", caption, CAPTION_HELP), field("Rows", rows), field("Columns", columns), head.row],
    submit: "Insert table",
    read: () => ({
      caption: caption.value.trim(),
      rows: within(rows),
      cols: within(columns),
      withHeaderRow: head.input.checked,
    }),
  })
}

function askForCaption(value) {
  const caption = crel("input", { type: "text", maxLength: 300, value })
  return ask({
    title: "Caption of the table",
    parts: [field("Caption", caption, CAPTION_HELP)],
    submit: "Use this caption",
    read: () => ({ caption: caption.value.trim() }),
  })
}

export const Table = BaseTable.extend({
  addAttributes() {
    return {
      ...this.parent?.(),
      caption: {
        default: "",
        rendered: false,
        parseHTML: (element) => element.caption?.textContent.replace(/\s+/g, " ").trim() || "",
      },
    }
  },

  parseHTML() {
    return [{ tag: "table" }, { tag: "caption", ignore: true }]
  },

  renderHTML({ node }) {
    const caption = node.attrs.caption ? [["caption", {}, node.attrs.caption]] : []
    return ["table", {}, ...caption, ["tbody", 0]]
  },

  addNodeView() {
    const parent = this.parent?.()
    return (props) => {
      const view = parent(props)
      const caption = crel("caption")
      caption.contentEditable = "false"
      const show = (node) => {
        caption.textContent = node.attrs.caption
        caption.hidden = !node.attrs.caption
      }
      view.table.prepend(caption)
      show(props.node)
      const update = view.update.bind(view)
      view.update = (node) => {
        if (!update(node)) return false
        show(node)
        return true
      }
      const ignore = view.ignoreMutation.bind(view)
      view.ignoreMutation = (mutation) => caption.contains(mutation.target) || ignore(mutation)
      return view
    }
  },

  addCommands() {
    return {
      ...this.parent?.(),
      insertTableWithOptions:
        () =>
        ({ editor }) => {
          askForTable().then((answer) => {
            if (!answer) return editor.commands.focus()
            const { caption, ...shape } = answer
            return editor.chain().focus().insertTable(shape).updateAttributes("table", { caption }).run()
          })
          return true
        },
      editTableCaption:
        () =>
        ({ editor }) => {
          askForCaption(editor.getAttributes("table").caption || "").then((answer) => {
            const chain = editor.chain().focus()
            return answer ? chain.updateAttributes("table", answer).run() : chain.run()
          })
          return true
        },
    }
  },

  addMenuItems(storage) {
    this.parent?.(storage)
    storage.menu.defineItem({
      name: "table:caption",
      groups: "table",
      button: icon(storage.buttons, "subtitles", "Caption of the table"),
      command: (editor) => editor.commands.editTableCaption(),
      hidden: (editor) => !editor.isActive("table"),
    })
  },
})
