/* Keeps what is being written: first in this browser, then on the site, in a draft that only its writer sees.
   One request at a time; what was typed meanwhile goes with the next, so nothing is dropped. */
"use strict";
{
  const PAUSE = 1000;
  const LONGEST = 15 * 1000; // without a pause
  const AT_HAND = 300; // until this browser has it
  const RETRY = [2, 4, 8, 15, 30, 60]; // seconds
  const box = document.querySelector("[data-unsaved]");
  const form = document.getElementById("article_form");
  const copies = window.waymarkCopies;
  const session = document.querySelector("script[data-session]").dataset.session;
  const { article } = box.dataset;
  const newForm = form.querySelector(".to-mend") === null;
  const { clock } = copies;
  const HERE = "Your text is kept in this browser";
  const SAYINGS = {
    kept: (answer) => `Autosaved at ${clock(answer.saved_at)}. Nobody else sees it until you save.`,
    away: () => `No connection. ${HERE} and will be sent when the site is back.`,
    logged_out: () => `You are logged out. ${HERE}.`,
    someone_else: () => `Somebody else is logged in here now. ${HERE}, for you alone.`,
    forbidden: () => `You may not change this article any more. ${HERE}.`,
    gone: () => `This article has been deleted. ${HERE}.`,
    too_large: () => `Too long to autosave: over a million characters. ${HERE}.`,
    refused: () => `The site could not autosave this. ${HERE}.`,
    no_room: () => "Neither the site nor this browser could keep your text. Do not close this page: save, or copy it.",
  };

  let before = null; // the form as it was, once somebody touches it
  let now = null; // … as it is
  let kept = null; // … as the site has it
  let changedAt = 0;
  let waiting, atHand, flight;
  let failures = 0;
  let holding = false; // the form itself is being sent

  const pairs = () =>
    [...new FormData(form)].filter(([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string");
  const token = () => form.elements.form_token.value;
  const dirty = () => now !== null && now !== before;

  // --- What is said -----------------------------------------------------------

  const line = form.querySelector("[data-autosaved]");
  const aloud = box.querySelector("[data-aloud]");
  let saidOf = "";

  /* Seen each time, spoken only when something else is the matter. */
  function say(code, answer = {}) {
    line.textContent = SAYINGS[code](answer);
    line.classList.toggle("autosaved--trouble", code !== "kept");
    if (code === "logged_out") line.append(" ", login(answer.login));
    if (code !== saidOf) aloud.textContent = line.textContent;
    saidOf = code;
  }

  function login(address) {
    const link = document.createElement("a");
    [link.href, link.target, link.textContent] = [address || "/admin/login/?next=/admin/", "_blank", "Log in in a new tab"];
    return link;
  }

  // --- Asking the site --------------------------------------------------------

  const post = (address, sent) =>
    fetch(address, {
      method: "POST",
      body: new URLSearchParams([...sent, ["person", copies.person]]),
      headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
      redirect: "manual",
      signal: AbortSignal.timeout(20_000),
    });

  /* Always says how it went: {code, …}. Logging in anew changes the form's token; take the new one, once. */
  async function ask(address, sent, again = true) {
    try {
      const answer = await post(address, sent);
      if (answer.type === "opaqueredirect") return { code: "logged_out" };
      if (answer.headers.get("content-type")?.includes("json")) return await answer.json();
      if (answer.status === 403 && again) return (await whoIsThere()) ?? (await ask(address, sent, false));
      return { code: answer.status >= 500 ? "away" : answer.status === 413 ? "too_large" : "refused" };
    } catch {
      return { code: "away" };
    }
  }

  /* Nothing to say when the writer is logged in: the form has the token it needs now. */
  async function whoIsThere() {
    const { token, person, login } = await (await fetch(session, { cache: "no-store" })).json();
    if (!token) return { code: "logged_out", login };
    if (String(person) !== copies.person) return { code: "someone_else" };
    form.elements.csrfmiddlewaretoken.value = token;
    return null;
  }

  // --- Keeping ----------------------------------------------------------------

  function keepHere(synced = now === kept) {
    clearTimeout(atHand);
    if (!dirty() && kept === null) return true;
    const title = form.elements.title?.value || "";
    const copy = { article, token: token(), title, synced, at: changedAt, form: box.dataset.form, pairs: pairs() };
    return copies.put(copy);
  }

  /* Some fields change without an event, as when a button of the editor is pressed. */
  function look() {
    if (before === null) return;
    const found = JSON.stringify(pairs());
    if (found === now) return;
    now = found;
    changedAt = Date.now();
    clearTimeout(atHand);
    atHand = setTimeout(keepHere, AT_HAND);
    soon();
  }

  let unsentSince = null;
  function soon() {
    clearTimeout(waiting);
    unsentSince ??= Date.now();
    const patience = Math.max(0, unsentSince + LONGEST - Date.now());
    waiting = setTimeout(send, failures ? RETRY[Math.min(failures, RETRY.length) - 1] * 1000 : Math.min(PAUSE, patience));
  }

  async function send() {
    clearTimeout(waiting);
    if (flight || holding || now === null || now === (kept ?? before)) return;
    const sending = now;
    unsentSince = null;
    const isHere = keepHere(false);
    flight = ask(box.dataset.autosave, JSON.parse(sending));
    const answer = await flight;
    flight = null;
    settle(answer, sending, isHere);
  }

  function settle(answer, sending, isHere) {
    if (answer.code === "kept") {
      [kept, failures] = [sending, 0];
      if (!holding) keepHere();
      company(answer);
      say("kept", answer);
      if (now !== kept) soon();
      return;
    }
    failures += 1;
    say(isHere ? (SAYINGS[answer.code] ? answer.code : "refused") : "no_room", answer);
    soon();
  }

  // --- Who else is here -------------------------------------------------------

  const BEAT = 8 * 1000;
  const UNSEEN = 10 * 60 * 1000;
  const room = box.querySelector("[data-company]");
  let hiddenSince = 0;
  let knownCompany = "";

  const presence = () => [["form_token", token()], ["base_version", form.elements.base_version?.value || ""]];

  async function beat() {
    if (hiddenSince && Date.now() - hiddenSince > UNSEEN) return;
    const answer = await ask(box.dataset.presence, [...presence(), ["is_writing", dirty() ? "1" : "0"]]);
    if (answer.code === "seen") company(answer);
    if (answer.code === "seen" && failures) send();
  }

  function company({ others = [], newer }) {
    const lines = others.map(({ name, seconds_ago, is_writing }) => ({
      text: `${name} ${is_writing ? "is writing here too" : "has this open too"}`,
      more: ` (seen ${seconds_ago < 3 ? "now" : `${seconds_ago} s ago`}).`,
    }));
    if (newer) {
      const who = newer.is_own ? "You" : newer.by;
      const text = `${who} saved version ${newer.version} at ${clock(newer.at)}${newer.is_own ? " in another tab" : ""}.`;
      lines.unshift({ text, more: " Keep writing: you will be asked when you save.", link: true });
    }
    room.hidden = !lines.length;
    room.replaceChildren(...lines.map(lineOf));
    const told = lines.map(({ text }) => text).join(" ");
    if (told !== knownCompany) aloud.textContent = told || "Nobody else is here now.";
    knownCompany = told;
  }

  function lineOf({ text, more, link }) {
    const line = document.createElement("p");
    line.append(text);
    if (link) {
      const there = document.createElement("a");
      [there.href, there.target, there.textContent] = [box.dataset.form, "_blank", "Open it in a new tab"];
      line.append(" ", there, ".");
    }
    line.append(more);
    return line;
  }

  // --- What this browser has and the site has not -----------------------------

  function offerCopies() {
    const onSite = new Set(box.dataset.kept.split(" "));
    const here = copies.mine().filter((copy) => copy.article === article);
    here.filter((copy) => copy.synced && !onSite.has(copy.token)).forEach(copies.drop);
    const unsent = here.filter((copy) => !copy.synced && (newForm || copy.token !== token()));
    if (unsent.length) offer(unsent[0]);
  }

  function offer(copy) {
    if (copy.token === token()) putAside(copy);
    box.querySelector(`[data-offered="${copy.token}"]`)?.remove(); // older than this
    const part = document.createElement("section");
    part.className = "unsaved-offer";
    part.setAttribute("aria-label", "Text kept in this browser");
    const words = document.createElement("p");
    words.textContent = `This browser kept what you wrote here on ${copies.day(copy.at)}. It never reached the site.`;
    const verbs = document.createElement("div");
    verbs.append(
      button("Go on with that text", "button", () => resume(copy, words)),
      button("Discard it", "button quiet-button", () => {
        copies.drop(copy);
        part.remove();
      }),
    );
    part.append(words, verbs);
    box.prepend(part);
  }

  /* This form would write over it, having the same name. */
  function putAside(copy) {
    copies.drop(copy);
    copy.token = crypto.randomUUID();
    copy.pairs = copy.pairs.map(([name, value]) => [name, name === "form_token" ? copy.token : value]);
    copies.put(copy);
  }

  function button(text, style, act) {
    const made = document.createElement("button");
    [made.type, made.className, made.textContent] = ["button", style, text];
    made.addEventListener("click", act);
    return made;
  }

  /* The site fills the form: it knows the names of what was chosen. */
  async function resume(copy, words) {
    const answer = await ask(box.dataset.autosave, copy.pairs);
    if (answer.code !== "kept") {
      words.textContent = (SAYINGS[answer.code] || SAYINGS.refused)(answer);
      return;
    }
    copies.put({ ...copy, synced: true });
    location.assign(`${box.dataset.form}?autosave=${copy.token}`);
  }

  // --- Beginning --------------------------------------------------------------

  for (const kind of ["pointerdown", "keydown", "focusin"]) {
    form.addEventListener(kind, () => (before ??= now = JSON.stringify(pairs())), { capture: true });
  }
  for (const kind of ["input", "change", "paste", "drop"]) {
    form.addEventListener(kind, () => setTimeout(look), { capture: true });
  }
  setInterval(look, 2000);
  addEventListener("online", () => failures && send());
  addEventListener("pagehide", () => {
    look();
    if (before !== null) keepHere();
    if (box.dataset.presence) {
      const csrf = ["csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value];
      navigator.sendBeacon(box.dataset.presence, new URLSearchParams([...presence(), ["is_leaving", "1"], csrf]));
    }
  });
  /* A save waits for an autosave on its way, or that would arrive after it and offer what is saved. */
  form.addEventListener("waymark:sending", ({ detail }) => {
    look();
    clearTimeout(waiting);
    if (before !== null) keepHere(false);
    holding = true;
    setTimeout(() => (holding = false), 10_000);
    if (flight) detail.wait(flight);
  });
  form.addEventListener("waymark:stays", () => {
    holding = false;
    soon();
  });
  document.addEventListener("visibilitychange", () => {
    hiddenSince = document.hidden ? Date.now() : 0;
    if (document.hidden) look();
    else if (box.dataset.presence) beat();
  });

  offerCopies();
  addEventListener("load", () => {
    if (newForm) return;
    [before, now] = ["", null]; // the first field may have had the focus already
    look(); // what the site would not take was typed, too
  });
  if (box.dataset.presence) {
    beat();
    setInterval(beat, BEAT);
  }
}
