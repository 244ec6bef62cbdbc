// Facts from the catalogue inside an article: chosen from lists, shown as readers will see them.
import { Node, crel } from "django-prose-editor/editor"
import { ask, choice, choices, field, icon, place, remove } from "waymark/editor/dialogs"

const ATTRIBUTES = ["kind", "by", "ref", "heading"]
const ROLES = ["First role", "Second role", "Third role (optional)", "Fourth role (optional)"]
const BY = [
  ["role", "For a role"],
  ["skill", "In a skill"],
  ["provider", "Of a provider"],
]

function different(slugs) {
  if (slugs.length < 2) throw new Error("Choose at least two roles to compare.")
  if (new Set(slugs).size < slugs.length) throw new Error("Choose each role only once.")
  return slugs.join(",")
}

function chosen(select, noun) {
  if (!select.value) throw new Error(`Choose a ${noun}.`)
  return select.value
}

/** The controls for one kind of block: what to show, and how to read it. */
const PARTS = {
  comparison(lists, block) {
    const refs = block.ref.split(",")
    const selects = ROLES.map((_, index) => choice(lists.roles, refs[index] || "", "–"))
    return {
      rows: selects.map((select, index) => field(ROLES[index], select)),
      read: () => ({ by: "", ref: different(selects.map((select) => select.value).filter(Boolean)) }),
    }
  },
  certifications(lists, block) {
    const by = choice(BY, block.by || "role", "")
    const place = crel("div")
    let select
    const fill = () => {
      select = choice(lists[`${by.value}s`], by.value === (block.by || "role") ? block.ref : "")
      place.replaceChildren(field(`Which ${by.value}`, select))
    }
    by.addEventListener("change", fill)
    fill()
    return {
      rows: [field("Certifications", by), place],
      read: () => ({ by: by.value, ref: chosen(select, by.value) }),
    }
  },
}

/** Kinds that show one fact: which noun, the server says. */
const partsOf = (kind, lists) => PARTS[kind] || ((_, block) => single(nounOf(kind, lists), lists, block))
const nounOf = (kind, lists) => lists.nouns.find(([slug]) => slug === kind)?.[1] || "role"

function single(noun, lists, block) {
  const select = choice(lists[`${noun}s`], block.ref)
  const label = noun[0].toUpperCase() + noun.slice(1)
  return { rows: [field(label, select)], read: () => ({ by: "", ref: chosen(select, noun) }) }
}

async function askForBlock(url, block) {
  const lists = await choices(url)
  const kind = choice(lists.kinds, block.kind || "comparison", "")
  const place = crel("div")
  let parts
  const fill = () => {
    parts = partsOf(kind.value, lists)(lists, kind.value === block.kind ? block : { ref: "", by: "" })
    place.replaceChildren(...parts.rows)
  }
  kind.addEventListener("change", fill)
  fill()
  const heading = crel("input", { type: "text", value: block.heading || "", maxLength: 200 })
  return ask({
    title: block.ref ? "Change the live block" : "Insert a live block",
    parts: [
      field("What to show", kind, "Live blocks follow the catalogue: when a fact changes, the article does."),
      place,
      field("Own heading (optional)", heading, "Without one the block makes its own."),
    ],
    submit: block.ref ? "Change" : "Insert",
    read: () => ({ kind: kind.value, ...parts.read(), heading: heading.value.trim() }),
  })
}

function label(block, lists) {
  const kind = lists.kinds.find(([slug]) => slug === block.kind)?.[1] || block.kind
  const noun = block.kind === "certifications" ? block.by : nounOf(block.kind, lists)
  const list = lists[`${noun}s`] || []
  const names = block.ref.split(",").map((slug) => list.find(([known]) => known === slug)?.[1] || slug)
  return `${kind}: ${names.join(", ")}`
}

/** The block on a page of its own, in a frame where no script runs. What is wrong with it goes to `onProblem`. */
function preview(url, block, onProblem) {
  const frame = crel("iframe", { className: "live-block-frame", title: "Preview", inert: true })
  frame.setAttribute("sandbox", "allow-same-origin")
  frame.addEventListener("load", () => {
    const page = frame.contentDocument
    if (!page?.body) return
    const problem = page.querySelector(".block-problem")
    onProblem(problem?.textContent.trim() || "")
    problem?.remove()
    frame.parentElement.hidden = !page.querySelector("main")?.childElementCount
    const dark = getComputedStyle(document.documentElement).colorScheme === "dark"
    const theme = document.documentElement.dataset.theme
    if (dark || theme === "dark") page.documentElement.style.colorScheme = "dark"
    else if (theme === "light") page.documentElement.style.colorScheme = "light"
    // A table is as wide as it needs; what is too narrow for it scrolls.
    frame.classList.toggle("has-table", Boolean(page.querySelector("table")))
    const fit = () => {
      frame.style.height = `${page.documentElement.scrollHeight}px`
    }
    fit()
    new ResizeObserver(fit).observe(page.body)
  })
  frame.src = `${url}?${new URLSearchParams(block)}`
  const attributes = { className: "live-block-scroll", tabIndex: 0, role: "group", "aria-label": "Preview" }
  return crel("div", attributes, [frame])
}

export const LiveBlock = Node.create({
  name: "liveBlock",
  group: "block",
  atom: true,
  draggable: true,
  selectable: true,

  addOptions() {
    return { preview: "", choices: "" }
  },

  addAttributes() {
    return Object.fromEntries(
      ATTRIBUTES.map((name) => [
        name,
        {
          default: "",
          parseHTML: (element) => element.getAttribute(`data-${name}`) || "",
          renderHTML: (attributes) => (attributes[name] ? { [`data-${name}`]: attributes[name] } : {}),
        },
      ]),
    )
  },

  parseHTML() {
    return [{ tag: "careers-block" }]
  },

  renderHTML({ HTMLAttributes }) {
    return ["careers-block", HTMLAttributes]
  },

  addCommands() {
    const { choices: url } = this.options
    return {
      editLiveBlock:
        (position = null) =>
        ({ editor, dispatch }) => {
          if (!dispatch) return true
          const node = position === null ? null : editor.state.doc.nodeAt(position)
          const block = node?.attrs || { kind: "", by: "", ref: "", heading: "" }
          place(editor, this.name, node && position, askForBlock(url, block))
          return true
        },
    }
  },

  addKeyboardShortcuts() {
    return {
      Enter: ({ editor }) => {
        const { selection } = editor.state
        if (selection.node?.type.name !== this.name) return false
        return editor.commands.editLiveBlock(selection.from)
      },
    }
  },

  addMenuItems({ buttons, menu }) {
    menu.defineItem({
      name: "liveBlock",
      groups: "insert",
      button: icon(buttons, "table_chart", "Insert live block"),
      command(editor) {
        const { selection } = editor.state
        const isOne = selection.node?.type.name === "liveBlock"
        editor.commands.editLiveBlock(isOne ? selection.from : null)
      },
      active: (editor) => editor.isActive("liveBlock"),
    })
  },

  addNodeView() {
    const { preview: url, choices: listsUrl } = this.options
    return ({ node, editor, getPos }) => {
      let current = node
      const name = crel("span", { className: "live-block-name" })
      const edit = crel("button", { type: "button", textContent: "Edit" })
      const discard = crel("button", { type: "button", textContent: "Remove" })
      const bar = crel("div", { className: "live-block-bar" }, [name, edit, discard])
      const problem = crel("p", { className: "live-block-problem", role: "status" })
      const dom = crel("div", { className: "live-block-editor", role: "group" }, [bar, problem])
      const onProblem = (text) => {
        problem.textContent = text
      }
      const open = () => editor.commands.editLiveBlock(getPos())
      const show = (block) => {
        name.textContent = `Live block · ${block.kind} · ${block.ref}`
        choices(listsUrl)
          .then((lists) => {
            name.textContent = label(block, lists)
            edit.setAttribute("aria-label", `Edit live block ${name.textContent}`)
            discard.setAttribute("aria-label", `Remove live block ${name.textContent}`)
            dom.setAttribute("aria-label", `Live block ${name.textContent}`)
          })
          .catch(() => {})
        dom.replaceChildren(bar, problem, preview(url, block, onProblem))
      }
      edit.addEventListener("click", open)
      dom.addEventListener("dblclick", open)
      discard.addEventListener("click", () => remove(editor, current, getPos()))
      show(node.attrs)
      return {
        dom,
        update(updated) {
          if (updated.type !== current.type) return false
          const changed = ATTRIBUTES.some((key) => updated.attrs[key] !== current.attrs[key])
          current = updated
          if (changed) show(updated.attrs)
          return true
        },
        stopEvent: ({ target }) =>
          (bar.contains(target) && target !== bar && target !== name) || target.className === "live-block-scroll",
        ignoreMutation: () => true,
      }
    }
  },
})
