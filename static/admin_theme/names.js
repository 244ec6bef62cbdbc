/* Gives a name to what Django's admin leaves without one: Select2's boxes, and the cells of tabular inlines. */
"use strict";
{
  const nameOf = (field) =>
    document.querySelector(`label[for="${field.id}"]`)?.textContent.replace(/:?\s*$/, "").trim() ||
    columnOf(field) ||
    "";

  function columnOf(field) {
    if (field.closest("td.delete")) return "Delete";
    const column = [...(field.closest("td")?.classList || [])].find((name) => name.startsWith("field-"));
    const head = column && field.closest("table").querySelector(`th.column-${column.slice(6)}`);
    return head ? head.textContent.trim() : "";
  }

  function nameAll(root) {
    root.querySelectorAll("select.select2-hidden-accessible").forEach((select) => {
      const name = nameOf(select);
      const box = select.nextElementSibling;
      box?.querySelector(".select2-search__field")?.setAttribute("aria-label", name);
      // Select2 puts its clearing cross among the list's items.
      box?.querySelector("ul > .select2-selection__clear")?.setAttribute("role", "listitem");
      box?.querySelectorAll('[role="combobox"], [role="textbox"]').forEach((part) => {
        part.removeAttribute("aria-labelledby");
        part.setAttribute("aria-label", [name, select.selectedOptions[0]?.text].filter(Boolean).join(": "));
      });
    });
    root.querySelectorAll(".tabular th:empty").forEach((head) => {
      const word = document.createElement("span");
      word.className = "visually-hidden";
      word.textContent = "Row";
      head.append(word);
    });
    root.querySelectorAll("td :is(input, select, textarea):not([type=hidden], [aria-label])").forEach((field) => {
      if (!field.labels?.length && columnOf(field)) field.setAttribute("aria-label", columnOf(field));
    });
  }

  // The admin's own scripts make their boxes when jQuery says the page is ready, in the order they asked.
  const ready = window.django?.jQuery || ((then) => addEventListener("DOMContentLoaded", then));
  ready(() => nameAll(document));
  document.addEventListener("change", () => setTimeout(() => nameAll(document), 0));
  document.addEventListener("formset:added", (event) => setTimeout(() => nameAll(event.target)));
}
