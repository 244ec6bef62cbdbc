// Enhancements only: every page works without them.

// "/" goes to the search field, as readers of documentation expect, unless they are typing.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const field = document.querySelector("[data-search]");
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
});

// The entry of the contents that the reader is at.
const links = new Map();
for (const link of document.querySelectorAll(".contents__side a")) {
  const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (heading) links.set(heading, link);
}

function mark(current) {
  for (const [heading, link] of links) {
    if (heading === current) link.setAttribute("aria-current", "location");
    else link.removeAttribute("aria-current");
  }
}

if (links.size) {
  const line = 120;
  const follow = () => {
    let current = null;
    for (const heading of links.keys()) {
      if (heading.getBoundingClientRect().top <= line) current = heading;
    }
    mark(current);
  };
  // The observer wakes only when a heading crosses the line, not on every scrolled pixel.
  const observer = new IntersectionObserver(follow, { rootMargin: `-${line}px 0px 0px 0px` });
  for (const heading of links.keys()) observer.observe(heading);
  follow();
}

// The folded contents close behind the reader who chose a heading.
for (const fold of document.querySelectorAll(".contents__fold")) {
  fold.addEventListener("click", (event) => {
    if (event.target.closest("a")) fold.removeAttribute("open");
  });
}

// Whoever is logged in at the desk has a strip of their own.
if (/(?:^|; )staff=1/.test(document.cookie)) import("./staff.js");
