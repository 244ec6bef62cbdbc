/* The names in the text: looked for anew after a pause, linked or made subjects with one press. The editor and the
   form's own fields do the work: both can be undone, and nothing is kept before the form is saved. */
"use strict";
{
  const PAUSE = 1000;
  const SUBJECTS = ["roles", "credentials"];
  const editor = () => document.querySelector(".prose-editor .ProseMirror")?.editor;
  const pattern = (text) => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&").replace(/\s+/g, "\\s+");
  const leaf = (node) => (node.type.name === "hardBreak" ? "\n" : "\ufffc");

  /* Where the words stand now, between the words that stood around them when the server read the text. */
  function placeOf({ doc, schema }, { before, said, after }) {
    const words = new RegExp(`(${pattern(before)})(${pattern(said)})(?=${pattern(after)})`, "g");
    const { link, code } = schema.marks;
    let place = null;
    doc.descendants((node, position) => {
      if (place || !node.isTextblock) return !place;
      if (node.type.spec.code || node.type.name === "heading") return false;
      for (const match of node.textBetween(0, node.content.size, undefined, leaf).matchAll(words)) {
        const from = position + 1 + match.index + match[1].length;
        const to = from + match[2].length;
        if (![link, code].some((mark) => mark && doc.rangeHasMark(from, to, mark))) return !(place = { from, to });
      }
      return false;
    });
    return place;
  }

  /* A certification by its official name becomes a live link, which follows its renaming; all else keeps its words. */
  function link({ dataset }) {
    const write = editor();
    const place = write && placeOf(write.state, dataset);
    if (!place) return null;
    const { schema, tr } = write.state;
    if ("live" in dataset) tr.replaceWith(place.from, place.to, schema.nodes.liveLink.create({ ref: dataset.slug }));
    else tr.addMark(place.from, place.to, schema.marks.link.create({ href: dataset.address }));
    write.view.dispatch(tr); // without scrolling: the next name is one press away
    const { doc } = write.state;
    return { said: `Linked “${dataset.said}”.`, undo: () => write.state.doc === doc && write.commands.undo() };
  }

  function addSubject({ dataset }, form, field) {
    const select = form.elements[field];
    const known = [...select.options].find((option) => option.value === dataset.pk);
    const option = known || new Option(dataset.name, dataset.pk);
    const set = (chosen) => {
      if (chosen && !known) select.append(option);
      else if (!known) option.remove();
      option.selected = chosen;
      if (window.django?.jQuery) window.django.jQuery(select).trigger("change");
      select.dispatchEvent(new Event("input", { bubbles: true }));
      return true;
    };
    set(true);
    return { said: `“${dataset.name}” is now a subject.`, undo: () => set(false) };
  }

  function start(panel) {
    const form = panel.closest("form");
    const rows = panel.querySelector("[data-names-rows]");
    const said = panel.querySelector("[data-names-said]");
    const undo = panel.querySelector("[data-names-undo]");
    let asking = new AbortController();
    let waiting;
    let takeBack = null;

    const tell = (text, back = null) => {
      said.textContent = text;
      takeBack = back;
      undo.hidden = !back;
    };
    const show = (html) => {
      const buttons = () => [...rows.querySelectorAll("button")];
      const at = buttons().indexOf(document.activeElement);
      if (html !== undefined) rows.innerHTML = html;
      rows.querySelectorAll("[data-names-verbs]").forEach((verbs) => (verbs.hidden = false));
      const left = buttons();
      if (at >= 0 && html !== undefined) (left[Math.min(at, left.length - 1)] || undo.querySelector("button")).focus();
    };
    const look = async () => {
      clearTimeout(waiting);
      asking.abort();
      asking = new AbortController();
      const sent = new URLSearchParams({ body: form.elements.body.value });
      sent.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
      for (const name of SUBJECTS) {
        for (const option of form.elements[name]?.selectedOptions || []) sent.append(name, option.value);
      }
      try {
        const answer = await fetch(panel.dataset.names, { method: "POST", body: sent, signal: asking.signal });
        const { html, error } = answer.redirected ? {} : await answer.json();
        if (html === undefined) tell(error || "The names cannot be looked for just now.");
        else show(html);
      } catch (failure) {
        if (failure.name !== "AbortError") tell("The names cannot be looked for just now.");
      }
    };
    const soon = () => {
      clearTimeout(waiting);
      waiting = setTimeout(look, PAUSE);
    };

    rows.addEventListener("click", ({ target }) => {
      const button = target.closest("button[data-verb]");
      if (!button) return;
      const row = button.closest("li");
      const done = button.dataset.verb === "link" ? link(row) : addSubject(row, form, button.dataset.field);
      if (done) tell(done.said, done.undo);
      else tell("The text has changed there. Look again in a moment.");
      look();
    });
    undo.querySelector("button").addEventListener("click", () => {
      const back = takeBack?.();
      tell(back ? "Undone." : "The text has changed since. Undo in the editor, with Ctrl+Z.");
      look();
    });
    form.addEventListener("input", ({ target }) => ["body", ...SUBJECTS].includes(target.name) && soon());
    for (const name of SUBJECTS) {
      if (form.elements[name] && window.django?.jQuery) window.django.jQuery(form.elements[name]).on("change", soon);
    }
    show();
  }

  document.querySelectorAll("[data-names]").forEach(start);
}
