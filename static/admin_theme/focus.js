/* Where a picture may be cropped least: by a click, by arrow keys, or as two numbers without any script. */
"use strict";
{
  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const within = (value) => Math.min(100, Math.max(0, Math.round(value)));

  function ready(box) {
    const [x, y] = ["id_focus_x", "id_focus_y"].map((id) => document.getElementById(id));
    if (!x || !y) return;
    const image = box.querySelector("img");
    const mark = Object.assign(document.createElement("button"), { type: "button", className: "picture-mark" });
    const crops = ["wide", "round"].map((shape) => {
      const crop = image.cloneNode();
      crop.className = `picture-crop picture-crop--${shape}`;
      crop.alt = "";
      return crop;
    });
    box.classList.add("is-live");
    box.append(mark);
    const hint = Object.assign(document.createElement("span"), { className: "help picture-hint" });
    hint.textContent = "Click on what matters most, or move the mark with the arrow keys: crops keep it in sight.";
    box.after(...crops, hint);

    function show() {
      const place = [within(Number(x.value)), within(Number(y.value))];
      [mark.style.left, mark.style.top] = place.map((part) => `${part}%`);
      for (const crop of crops) crop.style.objectPosition = place.map((part) => `${part}%`).join(" ");
      mark.setAttribute("aria-label", `Focus: ${place[0]} % from the left, ${place[1]} % from the top. Arrow keys move it.`);
    }

    function move(left, top) {
      [x.value, y.value] = [within(left), within(top)];
      show();
    }

    image.addEventListener("click", (event) => {
      const { left, top, width, height } = image.getBoundingClientRect();
      move(((event.clientX - left) / width) * 100, ((event.clientY - top) / height) * 100);
    });
    mark.addEventListener("keydown", (event) => {
      const way = ARROWS[event.key];
      if (!way) return;
      event.preventDefault();
      const step = event.shiftKey ? 1 : 5;
      move(Number(x.value) + way[0] * step, Number(y.value) + way[1] * step);
    });
    for (const field of [x, y]) field.addEventListener("input", show);
    show();
  }

  document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-focus]").forEach(ready));
}
