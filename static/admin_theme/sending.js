/* Nothing typed may be lost on the way to the site: not to a session that ended, a site that is away, a link
   pressed by mistake or a button pressed twice. The server decides all else. */
"use strict";
{
  const { session, person } = document.currentScript.dataset;
  const PATIENCE = 3 * 1000; // with what is on its way already
  const STUCK = 10 * 1000; // after so long without an answer, a second press is meant
  const AWAY = "The site does not answer. Your text is still here: wait a moment and save again.";
  const LOGGED_OUT = "You have been logged out. Your text is still here: ";
  const SOMEONE_ELSE =
    "Somebody else has logged in here since you opened this form. Your text is still here: log in again yourself, then save.";
  const SENT_BEFORE =
    "This form has been sent already. To go on with what you saved, open it from the list; saving here makes a second one.";
  const SAVED_BEFORE = "This form has been sent already. Saving here again changes the article that you saved.";

  function tell(form, text, login) {
    form.querySelector(".sending")?.remove();
    const box = document.createElement("div");
    box.className = "errornote sending";
    box.setAttribute("role", "alert");
    box.textContent = text;
    if (login) {
      const link = document.createElement("a");
      [link.href, link.target, link.textContent] = [login, "_blank", "log in again in a new tab"];
      box.append(link, ", then come back and save.");
    }
    form.prepend(box);
    box.scrollIntoView({ block: "center" });
  }

  /* True when the site is there and knows who asks. Logging in anew changes the form's token: take the new one. */
  async function mayBeSent(form) {
    try {
      const answer = await fetch(session, { cache: "no-store" });
      const { token, login, person: whose } = await answer.json();
      if (!token) tell(form, LOGGED_OUT, login);
      else if (String(whose) !== person) tell(form, SOMEONE_ELSE);
      else form.elements.csrfmiddlewaretoken.value = token;
      return Boolean(token) && String(whose) === person;
    } catch {
      tell(form, AWAY);
      return false;
    }
  }

  const said = (form) =>
    JSON.stringify([...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken").map(([name, value]) => [name, value.name ?? value]));

  /* Others may want a moment: `detail.wait(promise)`. */
  async function readied(form) {
    const awaited = [];
    const detail = { wait: (promise) => awaited.push(promise) };
    form.dispatchEvent(new CustomEvent("waymark:sending", { detail }));
    await Promise.race([Promise.all(awaited), new Promise((done) => setTimeout(done, PATIENCE))]);
  }

  function guard(form) {
    const named = form.elements.form_token; // such a form is an article
    let asked = false; // never sent without asking first whether the session still stands
    let sending = false;
    let before = form.querySelector(".to-mend") ? "" : null;
    for (const kind of ["pointerdown", "keydown", "focusin"]) {
      form.addEventListener(kind, () => (before ??= said(form)), { capture: true });
    }
    addEventListener("beforeunload", (event) => {
      if (!sending && before !== null && said(form) !== before) event.preventDefault();
    });
    addEventListener("pageshow", () => {
      sending = false;
      if (!history.state?.sent) return;
      // An empty form at the same place is a new article's.
      const same = named && history.state.named && history.state.title === form.elements.title.value;
      if (same) named.value = history.state.named;
      tell(form, same ? SAVED_BEFORE : SENT_BEFORE);
    });
    form.addEventListener("submit", async (event) => {
      if (sending) return event.preventDefault();
      sending = true;
      setTimeout(() => (sending = false), STUCK);
      if (asked) {
        const sent = { sent: true, named: named?.value, title: form.elements.title?.value };
        if (location.pathname.endsWith("/add/")) history.replaceState({ ...history.state, ...sent }, "");
        asked = false;
        return;
      }
      event.preventDefault();
      await readied(form);
      const fine = await mayBeSent(form);
      sending = false;
      if (!fine) return form.dispatchEvent(new CustomEvent("waymark:stays"));
      asked = true;
      form.requestSubmit(event.submitter);
    });
  }

  document.querySelectorAll("#content-main form[method=post][id$=_form]").forEach(guard);
}
