/* Puts Django's own Select2 in front of the hashtag line. What is sent stays one line of text, read by the
   server as ever; without this script the line itself is typed into. */
"use strict";
{
  const separators = /[|,;\n、，；،]+|\s+(?=#\S)/;
  const tidy = (text) => text.replace(/["“”]/g, "").replace(/\s+/g, " ").trim().replace(/^#+\s*/, "");
  const label = /^[\s|]*hash ?tags?\s*[:|]+\s*(?=\S)/i; // a row copied from a table
  /* #Java#Python are two; the # that ends C# is part of the name. */
  const unglued = (piece) => {
    if (!/^\s*#/.test(piece)) return [piece];
    const [, word, rest] = /^[\s#]*(\S*)(.*)$/s.exec(piece);
    const parts = word.split(/#(?=[\p{L}\p{N}_])/u);
    return [...parts.slice(0, -1), parts.at(-1) + rest];
  };
  const parse = (text) =>
    text.replace(label, "").split(separators).flatMap(unglued).map(tidy).filter(Boolean);

  /* As the server writes them: "Washington, DC" keeps its comma in quotes. */
  const read = (line) =>
    [...line.matchAll(/"([^"]+)"|([^,]+)/g)].flatMap((m) => (m[1] ? [m[1]] : parse(m[2])));
  const written = (names) =>
    names.map((name) => (/[|,;、，；،]|\s#\S/.test(name) ? `"${name}"` : name)).join(", ");

  function enhance($, line) {
    const select = document.createElement("select");
    select.multiple = true;
    select.id = `${line.id}_choice`;
    const add = (name) => {
      const same = (option) => option.value.toLowerCase() === name.toLowerCase();
      if (![...select.options].some(same)) select.append(new Option(name, name, true, true));
    };
    read(line.value).forEach(add);
    line.type = "hidden";
    line.after(select);
    document.querySelector(`label[for="${line.id}"]`)?.setAttribute("for", select.id);

    const keep = () => (line.value = written($(select).val() || []));
    let answered = ""; // the words that the offers in the list are for
    let isChosen = false; // or left by Escape: what is typed was only to find it
    $(select)
      .select2({
        theme: "admin-autocomplete",
        tags: true,
        width: "100%",
        tokenizer: ({ term }) => ({ term: begun(term) }),
        createTag: ({ term }) => {
          const [name, ...others] = parse(term);
          return name && !others.length ? { id: name, text: name, isNew: true } : null;
        },
        language: {
          noResults: () => (parse(field.value).length > 1 ? "Enter adds these hashtags" : "No results found"),
        },
        insertTag: (data, tag) => data.push(tag), // existing ones first
        ajax: {
          url: line.dataset.hashtags,
          delay: 150,
          data: ({ term }) => ({ q: term || "" }),
          processResults: (data, { term }) => ((answered = term || ""), data),
        },
        templateResult: (item) => {
          const row = document.createElement("span");
          row.textContent = item.text;
          if (item.isNew || item.uses !== undefined) {
            const uses = document.createElement("span");
            uses.className = "hashtag-uses";
            uses.textContent = item.isNew ? "new" : item.uses;
            row.append(" ", uses);
          }
          return row;
        },
      })
      .on("change", keep)
      .on("select2:selecting", () => (isChosen = true))
      .on("select2:closing", () => isChosen || take());

    const box = line.parentElement.querySelector(".select2-container");
    const field = box.querySelector(".select2-search__field");
    /* Select2 empties the field as its list closes, and on Enter picks what is marked, whatever that was for. */
    const take = () => {
      const names = parse(field.value);
      field.value = "";
      names.forEach(add);
      if (names.length) $(select).trigger("change");
    };
    /* What stands before the last comma is complete. The rest of what was typed is left. */
    const begun = (typed) => {
      const [, complete, rest] = /^(?:(.*)[,;、،，；])?(.*)$/s.exec(typed);
      const names = parse(complete || "");
      names.forEach(add);
      if (names.length) $(select).trigger("change");
      return names.length ? rest : typed;
    };
    /* Heard after Select2, whose list does not follow when the field needs another line and would cover it. */
    box.addEventListener("input", () => {
      isChosen = false;
      $(window).triggerHandler("resize.select2");
    });
    box.addEventListener(
      "keydown",
      (event) => {
        if (event.isComposing) return;
        isChosen = event.key === "Escape";
        if (event.key !== "Enter" || !field.value.trim()) return;
        if (field.value === answered && parse(field.value).length < 2) return;
        event.preventDefault();
        event.stopPropagation();
        take();
        $(select).select2("close");
      },
      true,
    );
    const label = document.querySelector(`label[for="${select.id}"]`)?.textContent.trim() || "Hashtags";
    field.setAttribute("aria-label", label);
    box.addEventListener("paste", (event) => {
      const names = parse(event.clipboardData.getData("text"));
      if (names.length < 2) return;
      event.preventDefault();
      names.forEach(add);
      $(select).trigger("change").select2("close");
    });
  }

  /* Offers for the filter of the article list, through the browser's own list. */
  function offer(input) {
    const list = input.list;
    let waiting;
    input.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(async () => {
        const answer = await fetch(`${input.dataset.hashtagFilter}?q=${encodeURIComponent(input.value)}`);
        if (!answer.ok) return;
        const { results } = await answer.json();
        list.replaceChildren(...results.map(({ text }) => new Option(text, text)));
      }, 150);
    });
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("input[data-hashtag-filter]").forEach(offer);
    if (window.django?.jQuery?.fn.select2) {
      document.querySelectorAll("input[data-hashtags]").forEach((line) => enhance(window.django.jQuery, line));
    }
  });
}
