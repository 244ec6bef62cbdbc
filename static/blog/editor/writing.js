// Links, code, and what the editor is called.
import {
  Bold as BaseBold,
  Code as BaseCode,
  CodeBlock as BaseCodeBlock,
  Italic as BaseItalic,
  Link as BaseLink,
  OrderedList as BaseOrderedList,
  Strike as BaseStrike,
  Extension,
  Plugin,
  crel,
  wrappingInputRule,
} from "django-prose-editor/editor"
import { ask, choice, field } from "waymark/editor/dialogs"

// What is pasted is read by paste.js; the editor's own rules would find italics in "2 * 3 * 4" and within code.
const pastedAsIs = { addPasteRules: () => [] }
export const Bold = BaseBold.extend(pastedAsIs)
export const Italic = BaseItalic.extend(pastedAsIs)
export const Strike = BaseStrike.extend(pastedAsIs)
// Code may be a link or stand in bold text.
export const Code = BaseCode.extend({ ...pastedAsIs, excludes: "" })

// Typing "1. " begins a list, as "- " does. Only there: "1986. " begins a sentence.
export const OrderedList = BaseOrderedList.extend({
  addInputRules() {
    return [wrappingInputRule({ find: /^1[.)]\s$/, type: this.type })]
  },
})

function address(text) {
  const typed = text.trim()
  if (!typed) throw new Error("Type or paste an address.")
  if (/^(https?:\/\/|mailto:|\/|#)/i.test(typed)) return typed
  if (/^[^\s@/]+@[^\s@/]+\.[^\s@/]+$/.test(typed)) return `mailto:${typed}`
  if (/^[\w-]+(\.[\w-]+)+([/?#]|$)/.test(typed)) return `https://${typed}`
  throw new Error("An address begins with https://, mailto:, or / for a page of this site.")
}

export const Link = BaseLink.extend({
  addCommands() {
    return {
      ...this.parent?.(),
      addLink:
        () =>
        ({ editor, dispatch }) => {
          if (editor.state.selection.empty && !editor.isActive("link")) return false
          if (!dispatch) return true
          const input = crel("input", { type: "text", value: editor.getAttributes("link").href || "" })
          ask({
            title: "Link",
            parts: [field("Address", input, "https://… or /blog/… for a page of this site")],
            submit: "Use this address",
            read: () => ({ href: address(input.value) }),
          }).then((answer) => {
            const chain = editor.chain().focus().extendMarkRange("link")
            return answer ? chain.setMark("link", answer).run() : editor.commands.focus()
          })
          return true
        },
    }
  },
})

export const CodeBlock = BaseCodeBlock.extend({
  addOptions() {
    return { ...this.parent?.(), languages: [] }
  },

  addNodeView() {
    const { languages } = this.options
    return ({ node, editor, getPos }) => {
      let current = node
      const select = choice(languages, node.attrs.language || "", "Plain text")
      select.setAttribute("aria-label", "Language of this code")
      const bar = crel("div", { className: "code-language" }, [select])
      bar.contentEditable = "false"
      const contentDOM = crel("code")
      const dom = crel("div", { className: "code-editor" }, [bar, crel("pre", {}, [contentDOM])])
      select.addEventListener("change", () => {
        const attrs = { ...current.attrs, language: select.value || null }
        editor.view.dispatch(editor.state.tr.setNodeMarkup(getPos(), undefined, attrs))
        editor.commands.focus()
      })
      return {
        dom,
        contentDOM,
        update(updated) {
          if (updated.type !== current.type) return false
          current = updated
          select.value = updated.attrs.language || ""
          return true
        },
        stopEvent: (event) => bar.contains(event.target),
        ignoreMutation: (mutation) => mutation.type !== "selection" && !contentDOM.contains(mutation.target),
      }
    }
  },
})

/** The name of the text area's label for the editor, and a toolbar that says what is pressed. */
export const EditorName = Extension.create({
  name: "editorName",

  addProseMirrorPlugins() {
    const attributes = { "aria-label": "Body", "aria-multiline": "true", role: "textbox", spellcheck: "true" }
    return [new Plugin({ props: { attributes } })]
  },

  // The toolbar hears of a transaction after us.
  onTransaction() {
    queueMicrotask(() => sayStates(this.editor))
  },
})

function sayStates(editor) {
  const bar = editor.isDestroyed ? null : editor.view.dom.parentElement?.querySelector(".prose-menubar")
  if (!bar) return
  if (!bar.hasAttribute("role")) {
    bar.setAttribute("role", "toolbar")
    bar.setAttribute("aria-label", "Formatting of the body")
  }
  for (const button of bar.querySelectorAll("button")) {
    button.setAttribute("aria-pressed", button.classList.contains("active"))
    button.setAttribute("aria-disabled", button.classList.contains("disabled"))
  }
}
