/* What readers would see of the form as it stands, beside it: at the width of a phone or a desk, keeping its place. */
"use strict";
{
  const PAUSE = 900; // after the last key
  const WIDTHS = { Phone: 390, Desktop: 1200 };

  function element(name, properties = {}, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  /* A way elsewhere would leave the preview for a page that may not stand in a frame. */
  function stay(event) {
    if (!event.target.closest("a")?.getAttribute("href")?.startsWith("#")) event.preventDefault();
  }

  class Preview {
    constructor(form, button) {
      [this.form, this.button] = [form, button];
      this.address = button.formAction;
      this.width = "Phone";
      this.top = 0;
      this.build();
      button.addEventListener("click", (event) => {
        event.preventDefault();
        this.panel.hidden ? this.open() : this.close();
      });
      for (const kind of ["input", "change"]) form.addEventListener(kind, () => this.soon());
      addEventListener("resize", () => this.fit());
    }

    build() {
      const choices = Object.keys(WIDTHS).map((name) => {
        const choice = element("button", { type: "button", className: "button", textContent: name });
        choice.addEventListener("click", () => this.choose(name));
        return choice;
      });
      const close = element("button", { type: "button", className: "button", textContent: "Close" });
      close.addEventListener("click", () => this.close());
      this.choices = choices;
      this.status = element("span", { className: "preview-status", role: "status" });
      this.frame = element("iframe", { title: "Preview of the page" });
      this.frame.sandbox = "allow-same-origin"; // no script of the page runs here
      this.frame.addEventListener("load", () => this.settle());
      this.holder = element("div", { className: "preview-holder" }, this.frame);
      this.panel = element(
        "section",
        { className: "preview-panel", hidden: true },
        element("div", { className: "preview-bar" }, element("h2", { textContent: "Preview", id: "preview-panel" }), ...choices, close, this.status),
        this.holder,
      );
      this.panel.setAttribute("aria-labelledby", "preview-panel");
      document.querySelector("#content-main").append(this.panel);
    }

    open() {
      this.panel.hidden = false;
      document.body.classList.add("with-preview");
      this.button.setAttribute("aria-expanded", "true");
      this.choose(this.width);
      this.show();
      if (getComputedStyle(this.panel).position !== "fixed") this.lead();
    }

    /* Under the form nobody would see it come. */
    lead() {
      this.panel.scrollIntoView();
      this.choices.find((choice) => choice.ariaPressed === "true").focus({ preventScroll: true });
    }

    close() {
      this.panel.hidden = true;
      document.body.classList.remove("with-preview");
      this.button.setAttribute("aria-expanded", "false");
      this.button.focus();
    }

    choose(name) {
      this.width = name;
      for (const choice of this.choices) choice.setAttribute("aria-pressed", String(choice.textContent === name));
      this.fit();
    }

    /* A page made for a desk is shown whole, smaller, and not cut. */
    fit() {
      if (this.panel.hidden) return;
      const wide = WIDTHS[this.width];
      const scale = Math.min(1, this.holder.clientWidth / wide);
      this.frame.style.width = `${wide}px`;
      this.frame.style.height = `${this.holder.clientHeight / scale}px`;
      this.frame.style.transform = `scale(${scale})`;
    }

    soon() {
      if (this.panel.hidden) return;
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => this.show(), PAUSE);
    }

    async show() {
      const turn = (this.turn = (this.turn || 0) + 1);
      this.status.textContent = "";
      try {
        const answer = await fetch(this.address, { method: "POST", body: new FormData(this.form), redirect: "error" });
        const page = await answer.text();
        if (turn !== this.turn) return; // something newer is under way
        if (!answer.ok) throw new Error(answer.status);
        this.frame.srcdoc = page;
      } catch {
        if (turn === this.turn) this.status.textContent = "The site does not answer. This is how it looked before.";
      }
    }

    /* To where the reader was; one page may give way to the next before it is there in full. */
    settle() {
      const shown = this.frame.contentWindow;
      if (this.top) shown.scrollTo(0, this.top);
      shown.addEventListener("pagehide", () => (this.top = shown.scrollY));
      shown.document.addEventListener("click", stay);
    }
  }

  const button = document.querySelector("[data-preview]");
  if (button) new Preview(button.form, button);
}
