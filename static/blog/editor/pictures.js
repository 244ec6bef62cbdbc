// Pictures from the library, each with a text for those who cannot see it or marked as decoration.
import { Node, Plugin, crel } from "django-prose-editor/editor"
import { ask, checkbox, fetchJson, field, icon, place, remove, tell } from "waymark/editor/dialogs"

const csrf = () => document.querySelector("[name=csrfmiddlewaretoken]").value
const imageOf = (element) => (element.matches("img") ? element : element.querySelector("img"))
const LOADING = "Loading…"
const ONE_AT_A_TIME =
  "One picture at a time, please: each needs its own description. The picture library takes several at once."
const isOurs = (element) => /\/pictures\/[0-9a-f]{32}\/|^\/static\//.test(imageOf(element)?.getAttribute("src") || "")

function send({ upload, largest }, file) {
  // A server that refuses so much ends the connection, and nobody would hear why.
  if (file.size > largest) return Promise.reject(new Error("The picture is larger than 10 MB. Please make it smaller."))
  const body = new FormData()
  body.append("file", file)
  return fetchJson(upload, { method: "POST", body, headers: { "X-CSRFToken": csrf() } })
}

/** Thumbnails to choose from, with a search and a way to upload. `onChoose` hears of each choice. */
function library(options, first, onChoose) {
  const search = crel("input", { type: "search" })
  const file = crel("input", { type: "file", accept: options.accept })
  const grid = crel("div", { className: "editor-pictures", role: "radiogroup", "aria-label": "Pictures" })
  const state = crel("p", { className: "editor-help", role: "status" })
  const more = crel("button", { type: "button", textContent: "More pictures" })
  const own = first ? [first] : [] // on top whatever is looked for: uploads of this dialog, what is there already
  let page = 1

  function add(picture, { checked = false, atTop = false } = {}) {
    const radio = crel("input", { type: "radio", name: "editor-picture", value: picture.token, checked })
    const image = crel("img", { src: picture.thumbnail, alt: "", loading: "lazy" })
    const item = crel("label", {}, [radio, image, crel("span", { textContent: picture.title })])
    radio.addEventListener("change", () => onChoose(picture))
    if (atTop) grid.prepend(item)
    else grid.append(item)
    if (checked) onChoose(picture)
  }

  async function load(next) {
    page = next
    state.textContent = LOADING
    try {
      const found = await fetchJson(`${options.library}?${new URLSearchParams({ q: search.value, page: next })}`)
      if (next !== page) return
      if (page === 1) grid.replaceChildren()
      const known = new Set(own.map((picture) => picture.token))
      for (const picture of found.pictures) if (!known.has(picture.token)) add(picture)
      more.hidden = !found.more
      say(grid.children.length || own.length ? "" : "No pictures found. Upload one.")
    } catch (error) {
      say(error.message)
    }
    if (page === 1) for (const picture of own) add(picture, { checked: true, atTop: true })
  }

  // An upload may have ended meanwhile: what was said of it stays.
  function say(text) {
    if (state.textContent === LOADING) state.textContent = text
  }

  let waiting
  search.addEventListener("input", () => {
    clearTimeout(waiting)
    waiting = setTimeout(() => load(1), 250)
  })
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault()
  })
  more.addEventListener("click", () => load(page + 1))
  file.addEventListener("change", async () => {
    state.textContent = "Uploading…"
    try {
      own.push(await send(options, file.files[0]))
      add(own.at(-1), { checked: true, atTop: true })
      state.textContent = "Uploaded."
    } catch (error) {
      state.textContent = error.message
    }
  })
  load(1)
  return [field("Upload a picture", file, "JPEG, PNG, WebP or GIF, at most 10 MB."), field("Or find one", search), grid, state, more]
}

async function askForPicture(options, { picture = null, alt = null } = {}) {
  let chosen = null
  const text = crel("input", { type: "text", maxLength: 300, value: alt ?? "" })
  const decorative = checkbox("Decorative: it says nothing that the text does not", alt === "")
  const toggle = () => {
    text.disabled = decorative.input.checked
  }
  decorative.input.addEventListener("change", toggle)
  toggle()
  const choose = (found) => {
    chosen = found
    if (text.value || decorative.input.checked) return
    text.value = found.alt
    decorative.input.checked = found.decorative
    toggle()
  }
  return ask({
    title: picture && alt !== null ? "Change the picture" : "Insert a picture",
    parts: [
      ...library(options, picture, choose),
      field("What it shows", text, "Read aloud to those who cannot see it."),
      decorative.row,
    ],
    submit: "Use this picture",
    read() {
      if (!chosen) throw new Error("Choose a picture or upload one.")
      if (!text.value.trim() && !decorative.input.checked)
        throw new Error("Say what the picture shows, or tick “Decorative”.")
      if (!decorative.input.checked && new RegExp(options.fileName, "i").test(text.value.trim()))
        throw new Error("This looks like the name of a file. Say what the picture shows.")
      const { token, src, width, height } = chosen
      return { token, src, width, height, alt: decorative.input.checked ? "" : text.value.trim() }
    },
  })
}

function attribute(read) {
  return { default: null, parseHTML: read, rendered: false }
}

export const LibraryPicture = Node.create({
  name: "libraryPicture",
  group: "block",
  content: "inline*",
  isolating: true,
  draggable: true,
  selectable: true,

  addOptions() {
    return { library: "", upload: "", accept: "", largest: 0, fileName: "" }
  },

  addAttributes() {
    return {
      token: attribute((element) => /pictures\/([0-9a-f]{32})\//.exec(imageOf(element).getAttribute("src"))?.[1] ?? null),
      ...Object.fromEntries(
        ["src", "alt", "width", "height"].map((name) => [name, attribute((e) => imageOf(e).getAttribute(name))]),
      ),
    }
  },

  parseHTML() {
    const contentElement = (element) => element.querySelector("figcaption") || document.createElement("figcaption")
    const getAttrs = (element) => (isOurs(element) ? null : false)
    return [
      { tag: "figure", getAttrs, contentElement },
      { tag: "img[src]", getAttrs, contentElement },
    ]
  },

  renderHTML({ node }) {
    const { token, ...image } = node.attrs
    const shown = Object.fromEntries(Object.entries(image).filter(([, value]) => value !== null))
    return ["figure", token ? { "data-picture": token } : {}, ["img", shown], ["figcaption", 0]]
  },

  addCommands() {
    return {
      editPicture:
        (position = null, picture = null) =>
        ({ editor, dispatch }) => {
          if (!dispatch) return true
          const node = position === null ? null : editor.state.doc.nodeAt(position)
          const known = node && { ...node.attrs, thumbnail: node.attrs.src, title: "As it is", alt: "" }
          const question = askForPicture(this.options, { picture: known || picture, alt: node?.attrs.alt ?? null })
          place(editor, this.name, node && position, question)
          return true
        },
    }
  },

  addKeyboardShortcuts() {
    return {
      Enter: ({ editor }) => {
        const { selection } = editor.state
        return selection.node?.type.name === this.name && editor.commands.editPicture(selection.from)
      },
    }
  },

  addMenuItems({ buttons, menu }) {
    menu.defineItem({
      name: "libraryPicture",
      groups: "insert",
      button: icon(buttons, "image", "Insert picture"),
      command: (editor) => editor.commands.editPicture(),
      active: (editor) => editor.isActive("libraryPicture"),
    })
  },

  addNodeView() {
    return ({ node, editor, getPos }) => {
      let current = node
      const image = crel("img")
      const state = crel("span", { className: "picture-state" })
      const edit = crel("button", { type: "button", textContent: "Edit", "aria-label": "Edit picture" })
      const discard = crel("button", { type: "button", textContent: "Remove", "aria-label": "Remove picture" })
      const bar = crel("div", { className: "live-block-bar" }, [state, edit, discard])
      const fixed = crel("div", {}, [bar, image])
      fixed.contentEditable = "false"
      const contentDOM = crel("figcaption", { "data-placeholder": "Caption (optional)" })
      const dom = crel("figure", { className: "picture-editor" }, [fixed, contentDOM])
      const show = ({ src, alt }) => {
        image.src = src
        image.alt = alt ?? ""
        state.textContent = alt ? `Shows: ${alt}` : alt === "" ? "Decorative" : "Says nothing yet to those who cannot see it"
        dom.classList.toggle("has-problem", alt === null)
      }
      const open = () => editor.commands.editPicture(getPos())
      edit.addEventListener("click", open)
      image.addEventListener("dblclick", open)
      discard.addEventListener("click", () => remove(editor, current, getPos()))
      const empty = () => contentDOM.classList.toggle("is-empty", current.content.size === 0)
      show(node.attrs)
      empty()
      return {
        dom,
        contentDOM,
        update(updated) {
          if (updated.type !== current.type) return false
          current = updated
          show(updated.attrs)
          empty()
          return true
        },
        stopEvent: (event) => event.target === edit || event.target === discard,
        ignoreMutation: (mutation) => mutation.type !== "selection" && !contentDOM.contains(mutation.target),
      }
    }
  },

  addProseMirrorPlugins() {
    const { editor, options } = this
    const take = ([file, ...more]) => {
      if (!file) return false
      const sent = more.length ? Promise.reject(new Error(ONE_AT_A_TIME)) : send(options, file)
      sent
        .then((picture) => editor.commands.editPicture(null, picture))
        .catch((error) => tell(error.message))
      return true
    }
    const plugin = new Plugin({
      props: {
        // Word puts a picture of the text beside the text: where there is HTML, that is what was meant.
        handlePaste: (_, event) => !event.clipboardData.getData("text/html") && take(event.clipboardData.files),
        handleDrop(view, event) {
          const found = view.posAtCoords({ left: event.clientX, top: event.clientY })
          if (!event.dataTransfer?.files.length) return false
          if (found) editor.commands.setTextSelection(found.pos)
          return take(event.dataTransfer.files)
        },
      },
    })
    return [plugin]
  },
})
