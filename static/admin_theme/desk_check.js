/* The desk check beside the form: asked after each pause in writing, shows where each finding is, and mends with
   one click that can be taken back. The server finds and mends; this only carries. */
"use strict";
{
  const PAUSE = 1200;
  const editors = new Map(); // text area → its editor

  document.addEventListener("prose-editor:ready", ({ detail }) => editors.set(detail.textarea, detail.editor));

  const field = (name) => document.getElementById(`id_${name}`);
  const editorOf = (area) => editors.get(area) || area?.closest(".prose-editor")?.querySelector(".ProseMirror")?.editor;
  const changed = (input) => {
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };

  async function post(address, form, more = {}) {
    const body = new FormData(form);
    for (const [name, value] of Object.entries(more)) body.set(name, value);
    const answer = await fetch(address, { method: "POST", body, headers: { Accept: "application/json" } });
    if (!answer.headers.get("Content-Type")?.startsWith("application/json")) throw new Error("no answer");
    return answer.json();
  }

  // --- Putting values into the form -------------------------------------------

  function putBody(html) {
    const area = field("body");
    const editor = editorOf(area);
    if (editor) {
      // A step of its own to undo, however soon after the paste: what closeHistory() of the editor's library sets.
      editor.view.dispatch(editor.state.tr.setMeta("closeHistory$", true));
      editor.commands.setContent(html, { emitUpdate: true });
    } else area.value = html;
    changed(area);
  }

  function putHashtags(names) {
    const line = field("hashtags");
    const select = document.getElementById("id_hashtags_choice");
    line.value = names.map((name) => (/[|,;"#]/.test(name) ? `"${name.replaceAll('"', "")}"` : name)).join(", ");
    if (select) {
      select.replaceChildren(...names.map((name) => new Option(name, name, true, true)));
      window.django.jQuery(select).trigger("change");
    }
  }

  function putCategory([choice]) {
    field("category").value = choice?.value ?? "";
    changed(field("category"));
  }

  function putAuthors(choices) {
    const select = field("byline");
    for (const { label, value } of choices) {
      const there = [...select.options].find((option) => option.value === String(value));
      if (there) there.selected = true;
      else select.append(new Option(label, value, true, true));
    }
    window.django.jQuery(select).trigger("change");
  }

  const special = { body: putBody, hashtags: putHashtags, category: putCategory, authors: putAuthors };

  function put(name, value) {
    if (special[name]) return special[name](value);
    field(name).value = value;
    changed(field(name));
  }

  function now(name) {
    if (name === "hashtags") {
      const select = document.getElementById("id_hashtags_choice");
      return select ? [...select.selectedOptions].map((option) => option.value) : field(name).value.split(",");
    }
    if (name === "category") return [{ value: field(name).value }];
    return field(name).value;
  }

  /* Authors were empty before: the lines chosen for them are emptied again. */
  function unputAuthors(choices) {
    for (const option of field("byline").options) {
      if (choices.some((choice) => String(choice.value) === option.value)) option.selected = false;
    }
    window.django.jQuery(field("byline")).trigger("change");
  }

  // --- Showing where a finding is ---------------------------------------------

  function inEditor({ block, excerpt }) {
    const page = field("body")?.closest(".field-body")?.querySelector(".ProseMirror");
    if (!page) return null;
    const words = excerpt.replace(/…$/, "");
    const parts = [...page.children];
    const near = parts.filter((part) => words && part.textContent.replace(/\s+/g, " ").includes(words));
    const distance = (part) => Math.abs(parts.indexOf(part) - Number(block));
    return { page, part: near.sort((a, b) => distance(a) - distance(b))[0] || parts[Number(block)] };
  }

  function show(link) {
    const found = link.dataset.field === "body" ? inEditor(link.dataset) : null;
    if (!found?.part) return false;
    found.page.focus({ preventScroll: true });
    getSelection().selectAllChildren(found.part);
    found.part.scrollIntoView({ block: "center" });
    return true;
  }

  function goTo(event, link) {
    if (show(link)) return event.preventDefault();
    const target = field(link.dataset.field);
    const shown = target?.type === "hidden" ? target.parentElement.querySelector("input:not([type=hidden])") : target;
    if (!shown) return;
    event.preventDefault();
    shown.focus();
    shown.scrollIntoView({ block: "center" });
  }

  // --- The panel ---------------------------------------------------------------

  function start(panel, form) {
    const list = panel.querySelector("[data-findings]");
    const spoken = panel.querySelector("[data-spoken]");
    const done = panel.querySelector("[data-done]");
    const heading = panel.querySelector("h2");
    let waiting;
    let asked = 0;
    let said = panel.querySelector(".desk-check__counts")?.textContent.trim() || "";
    let undo = null;

    const wake = () => list.querySelectorAll("[data-fix]").forEach((button) => (button.hidden = false));

    function fill(html) {
      const open = Object.fromEntries([...list.querySelectorAll("details")].map((group) => [group.dataset.group, group.open]));
      const focused = list.contains(document.activeElement) ? document.activeElement : null;
      const same = focused?.dataset.fix || focused?.dataset.excerpt;
      list.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
      for (const group of list.querySelectorAll("details")) group.open = open[group.dataset.group] ?? group.open;
      wake();
      const override = form.querySelector("[data-override]");
      if (override) override.hidden = !list.querySelector("[data-group=block]");
      if (!focused) return;
      const again = [...list.querySelectorAll("a, button")].find((one) => same && (one.dataset.fix || one.dataset.excerpt) === same);
      (again || heading).focus({ preventScroll: true });
    }

    async function check() {
      const number = ++asked;
      try {
        const answer = await post(panel.dataset.deskCheck, form);
        if (number !== asked) return;
        fill(answer.html);
        if (answer.said !== said) spoken.textContent = `Desk check: ${answer.said}`;
        said = answer.said;
      } catch {
        /* The next pause asks again; sending.js tells of a site that is away. */
      }
    }

    function soon(pause = PAUSE) {
      clearTimeout(waiting);
      waiting = setTimeout(check, pause);
    }

    function tell(text) {
      done.hidden = false;
      done.querySelector("[data-told]").textContent = text;
      done.querySelector("[data-undo]").hidden = !undo;
      spoken.textContent = text;
      (undo ? done.querySelector("[data-undo]") : heading).focus({ preventScroll: true });
    }

    async function mend(button) {
      button.disabled = true;
      try {
        const answer = await post(panel.dataset.deskCheck, form, { _fix: button.dataset.fix });
        undo = null;
        if (answer.error) return tell(answer.error);
        const before = Object.keys(answer.fields).map((name) => [name, name === "authors" ? null : now(name)]);
        for (const [name, value] of Object.entries(answer.fields)) put(name, value);
        undo = () => before.forEach(([name, value]) => (name === "authors" ? unputAuthors(answer.fields.authors) : put(name, value)));
        tell([`Done: ${answer.label}.`, ...answer.told].join(" "));
      } catch {
        tell("The site does not answer. Nothing was mended.");
      } finally {
        button.disabled = false;
        soon(0);
      }
    }

    panel.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      const link = event.target.closest("a[data-field]");
      if (link) goTo(event, link);
      else if (button?.dataset.fix) mend(button);
      else if (button && undo) {
        undo();
        undo = null;
        tell("Taken back.");
        soon(0);
      }
    });
    form.addEventListener("input", () => soon());
    form.addEventListener("change", () => soon());
    form.addEventListener("paste", () => soon(300));
    wake();
    if (form.querySelector(".to-mend") || said) soon(0);
  }

  document.addEventListener("DOMContentLoaded", () => {
    const panel = document.querySelector("[data-desk-check]");
    const form = document.querySelector("form[id$=_form]");
    if (panel && form) start(panel, form);
  });
}
