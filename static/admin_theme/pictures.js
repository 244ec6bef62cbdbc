/* The picture library: several files at once, by button, drag or paste, each with its own answer. */
"use strict";
{
  const csrf = () => document.querySelector("[name=csrfmiddlewaretoken]").value;
  const TOO_LARGE = "The picture is larger than 10 MB. Please make it smaller.";
  const UNREACHED = "The server could not be reached. Please try again.";
  const SIGNED_OUT = "You are signed out. Sign in again in another tab, then try again.";

  function make(tag, properties = {}, children = []) {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  }

  /* Resolves to what the server says of the picture; rejects with a sentence. */
  function send(url, file, onProgress) {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      const body = new FormData();
      body.append("file", file);
      request.open("POST", url);
      request.setRequestHeader("X-CSRFToken", csrf());
      request.responseType = "json";
      request.upload.addEventListener("progress", ({ loaded, total }) => onProgress(loaded / total));
      request.addEventListener("error", () => reject(new Error(UNREACHED)));
      request.addEventListener("load", () => {
        const { status, response } = request;
        if (status === 201) resolve(response);
        else reject(new Error(response?.error || refusal(request)));
      });
      request.send(body);
    });
  }

  function refusal({ status, responseURL }) {
    if (status === 413) return TOO_LARGE;
    if (status === 403) return "You may not add pictures.";
    if (responseURL.includes("/login/")) return SIGNED_OUT;
    return `The server answered with an error (${status}).`;
  }

  function row(file) {
    const bar = make("progress", { max: 1, value: 0 });
    bar.setAttribute("aria-label", `Sending ${file.name}`);
    const words = make("span", { textContent: "Waiting" });
    const item = make("li", {}, [make("span", { className: "picture-file", textContent: file.name }), bar, words]);
    return { item, bar, words };
  }

  async function upload(form, file, { item, bar, words }) {
    words.textContent = "Sending…";
    try {
      if (file.size > Number(form.dataset.largest)) throw new Error(TOO_LARGE);
      const picture = await send(form.dataset.upload, file, (part) => {
        bar.value = part;
        if (part === 1) words.textContent = "Being made smaller…";
      });
      const describe = make("a", { href: picture.page, textContent: "Say what it shows" });
      describe.setAttribute("aria-label", `Say what ${picture.title} shows`);
      words.replaceChildren("In the library. ", describe);
      item.prepend(make("img", { src: picture.thumbnail, alt: "" }));
      return true;
    } catch (error) {
      words.textContent = error.message;
      item.classList.add("is-refused");
      return false;
    } finally {
      bar.remove();
    }
  }

  function counted(taken, refused) {
    const said = [`${taken} uploaded`];
    if (refused) said.push(`${refused} refused`);
    return `${said.join(", ")}.`;
  }

  function ready(form) {
    const state = form.querySelector("[data-state]");
    const list = form.querySelector("[data-uploads]");
    const input = form.querySelector("[type=file]");
    let [taken, refused] = [0, 0];
    let before = Promise.resolve();

    /* One after the other: a picture keeps the server busy for a second. */
    function add(files) {
      if (!files.length) return;
      list.hidden = false;
      for (const file of files) {
        const shown = row(file);
        list.append(shown.item);
        before = before.then(async () => {
          if (await upload(form, file, shown)) taken += 1;
          else refused += 1;
        });
      }
      state.textContent = "Uploading…";
      const last = before;
      last.then(() => last === before && finish());
    }

    function finish() {
      state.textContent = counted(taken, refused);
      if (taken) state.append(" ", make("a", { href: location.href, textContent: "Show the library" }));
    }

    input.removeAttribute("required");
    form.querySelector("button").hidden = true;
    form.querySelector("[data-with-script]").hidden = false;
    form.addEventListener("submit", (event) => event.preventDefault());
    input.addEventListener("change", () => {
      add([...input.files]);
      input.value = "";
    });
    const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");
    document.addEventListener("dragover", (event) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      form.classList.add("is-over");
    });
    document.addEventListener("dragleave", (event) => event.relatedTarget ?? form.classList.remove("is-over"));
    document.addEventListener("drop", (event) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      form.classList.remove("is-over");
      add([...event.dataTransfer.files]);
    });
    document.addEventListener("paste", (event) => {
      const files = [...event.clipboardData.files];
      if (!files.length) return;
      event.preventDefault();
      add(files);
    });
    addEventListener("beforeunload", (event) => {
      if (state.textContent === "Uploading…") event.preventDefault();
    });
  }

  document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-picture-drop]").forEach(ready));
}
