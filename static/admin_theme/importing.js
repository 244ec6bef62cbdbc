/* What is pasted from Word or a page comes in two forms: a text area takes the one without headings, lists and
   tables. This takes the other, says so, and gives the choice. */
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const box = document.querySelector("textarea[data-takes-html]");
  if (!box) return;
  const note = document.createElement("p");
  const said = document.createElement("span");
  const undo = document.createElement("button");
  note.className = "help import-note";
  note.setAttribute("role", "status");
  undo.type = "button";
  undo.className = "button quiet-button";
  undo.textContent = "Use the bare text instead";
  undo.hidden = true;
  note.append(said, " ", undo);
  box.after(note);
  let bare = "";

  box.addEventListener("paste", (event) => {
    const html = event.clipboardData.getData("text/html");
    const isWhole = box.selectionEnd - box.selectionStart === box.value.length;
    if (!isWhole || !/<(h[1-6]|li|table|pre|strong|a)\b|mso-list|MsoTitle/i.test(html)) return;
    event.preventDefault();
    bare = event.clipboardData.getData("text/plain");
    box.value = html;
    said.textContent = "Pasted with its headings, lists and tables. What you see is how the clipboard writes them.";
    undo.hidden = false;
  });
  undo.addEventListener("click", () => {
    box.value = bare;
    said.textContent = "This is the bare text.";
    undo.hidden = true;
    box.focus();
  });
});
