// Pages offered under a search field as one types. Without this, the form is submitted as ever.

for (const [n, field] of document.querySelectorAll("[data-suggest]").entries()) {
  const list = document.createElement("ul");
  let asked = 0;
  let current = -1;
  Object.assign(list, { id: `suggest-${n}`, className: "suggest__list", role: "listbox", hidden: true });
  list.setAttribute("aria-label", "Suggestions");
  field.form.classList.add("suggest");
  field.form.append(list);
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);

  const show = (open) => {
    list.hidden = !open;
    field.setAttribute("aria-expanded", String(open));
    if (!open) choose(-1);
  };
  const choose = (to) => {
    current = to;
    [...list.children].forEach((item, m) => item.setAttribute("aria-selected", String(m === to)));
    if (to < 0) field.removeAttribute("aria-activedescendant");
    else field.setAttribute("aria-activedescendant", list.children[to].id);
  };
  const option = ({ title, kind, url }, m) => {
    const item = document.createElement("li");
    const label = document.createElement("small");
    label.textContent = kind;
    item.append(title, label);
    Object.assign(item, { id: `${list.id}-${m}`, role: "option" });
    item.dataset.url = url;
    item.addEventListener("mousedown", (event) => event.preventDefault());
    item.addEventListener("click", () => location.assign(url));
    return item;
  };
  const ask = async () => {
    const turn = ++asked;
    const typed = field.value.trim();
    if (typed.length < 2) return show(false);
    const answer = await fetch(`/search/suggest/?${new URLSearchParams({ q: typed })}`).catch(() => null);
    const { suggestions } = answer?.ok ? await answer.json() : { suggestions: [] };
    if (turn !== asked || document.activeElement !== field) return;
    list.replaceChildren(...suggestions.map(option));
    choose(-1);
    show(suggestions.length > 0);
  };

  show(false);
  let wait;
  field.addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(ask, 150);
  });
  field.addEventListener("blur", () => show(false));
  field.addEventListener("keydown", (event) => {
    const many = list.children.length;
    if (list.hidden || event.isComposing) return;
    if (event.key === "ArrowDown") choose(current + 1 < many ? current + 1 : -1);
    else if (event.key === "ArrowUp") choose(current < 0 ? many - 1 : current - 1);
    else if (event.key === "Enter" && current >= 0) location.assign(list.children[current].dataset.url);
    else if (event.key === "Escape") show(false);
    else return;
    event.preventDefault();
  });
}
