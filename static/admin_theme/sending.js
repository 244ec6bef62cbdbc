/* Nothing typed may be lost on the way to the site: not to a session that ended, a site that is away, a link
   pressed by mistake or a button pressed twice. The server decides all else. */
"use strict";
{
  const session = document.currentScript.dataset.session;
  const QUIET = 2 * 60 * 1000; // after so long without the site, ask before sending
  const STUCK = 10 * 1000; // after so long without an answer, a second press is meant
  const AWAY = "The site does not answer. Your text is still here: wait a moment and save again.";
  const LOGGED_OUT = "You have been logged out. Your text is still here: ";
  const SENT_BEFORE =
    "This form has been sent already. To go on with what you saved, open it from the list; saving here makes a second one.";

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
      const { token, login } = await answer.json();
      if (!token) tell(form, LOGGED_OUT, login);
      else form.elements.csrfmiddlewaretoken.value = token;
      return Boolean(token);
    } catch {
      tell(form, AWAY);
      return false;
    }
  }

  const said = (form) =>
    JSON.stringify([...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken").map(([name, value]) => [name, value.name ?? value]));

  function guard(form) {
    let heard = Date.now();
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
      if (history.state?.sent) tell(form, SENT_BEFORE);
    });
    form.addEventListener("submit", async (event) => {
      if (sending) return event.preventDefault();
      sending = true;
      setTimeout(() => (sending = false), STUCK);
      if (Date.now() - heard < QUIET) {
        if (location.pathname.endsWith("/add/")) history.replaceState({ ...history.state, sent: true }, "");
        return;
      }
      event.preventDefault();
      const fine = await mayBeSent(form);
      sending = false;
      if (!fine) return;
      heard = Date.now();
      form.requestSubmit(event.submitter);
    });
  }

  document.querySelectorAll("#content-main form[method=post][id$=_form]").forEach(guard);
}
