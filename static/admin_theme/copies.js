/* What people type, kept in this browser until the site has it: by person, so that nobody who uses the same
   computer is offered another's text. On every page of the admin, as a save ends on any of them. */
"use strict";
{
  const PREFIX = "waymark:unsaved:";
  const KEPT_FOR = 30 * 24 * 60 * 60 * 1000;
  const { person, zone } = document.currentScript.dataset;
  const isAbroad = Intl.DateTimeFormat().resolvedOptions().timeZone !== zone;
  let isLeaving = false;
  const keyOf = ({ article, token }) => `${PREFIX}${person}:${article}:${token}`;

  function everything() {
    try {
      const keys = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
      return keys.map((key) => [key, JSON.parse(localStorage.getItem(key))]).filter(([, copy]) => copy?.token);
    } catch {
      return []; // storage is shut off, or somebody wrote into it
    }
  }

  const copies = {
    person,
    /* False when the browser has no room. A copy is `synced` while the site has the same text. */
    put(copy) {
      if (isLeaving && copy.synced) return true;
      try {
        localStorage.setItem(keyOf(copy), JSON.stringify(copy));
        return true;
      } catch {
        return false;
      }
    },
    drop: (copy) => localStorage.removeItem(keyOf(copy)),
    mine: () =>
      everything()
        .filter(([key]) => key.startsWith(`${PREFIX}${person}:`))
        .map(([, copy]) => copy)
        .sort((a, b) => b.at - a.at),
  };
  window.waymarkCopies = copies;

  /* By the site's clock, as all on the desk; who sits in another zone is told whose clock it is. */
  const shown = (form) => (moment) =>
    new Intl.DateTimeFormat("en-GB", { ...form, timeZone: zone }).format(new Date(moment)) + (isAbroad ? ` ${zone}` : "");
  copies.clock = shown({ timeStyle: "short" });
  copies.day = shown({ dateStyle: "medium", timeStyle: "short" });

  /* The site names, once, the form it has just saved for good. */
  const written = document.cookie.match(/(?:^|; )written_form=([0-9a-f-]+)/)?.[1];
  if (written) {
    copies.mine().filter(({ token }) => token === written).forEach(copies.drop);
    document.cookie = "written_form=; path=/admin/; max-age=0; samesite=strict";
  }
  for (const [key, copy] of everything()) {
    if (copy.at < Date.now() - KEPT_FOR) localStorage.removeItem(key);
  }

  /* Who logs out leaves nothing behind that the site has too. What it has not is kept: it is nowhere else. */
  document.getElementById("logout-form")?.addEventListener("submit", () => {
    isLeaving = true;
    copies.mine().filter(({ synced }) => synced).forEach(copies.drop);
  });

  /* On the desk: what never reached the site, with the way to its form, where it is offered. */
  const place = document.querySelector("[data-kept-here]");
  const waiting = place ? copies.mine().filter(({ synced }) => !synced) : [];
  for (const copy of waiting) {
    const [line, link, note] = ["li", "a", "small"].map((name) => document.createElement(name));
    link.href = copy.form;
    link.textContent = copy.title || "Untitled";
    note.textContent = `written ${copies.day(copy.at)}`;
    line.append(link, " ", note);
    place.querySelector("ul").append(line);
    place.hidden = false;
  }
}
