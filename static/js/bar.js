// The strip for the staff. It is asked for beside the page, so that the page stays the same for everyone.

const strip = document.createElement("aside");
strip.className = "staff-bar";
strip.setAttribute("aria-label", "For the staff");

const styles = document.createElement("link");
styles.rel = "stylesheet";
styles.href = new URL("../css/staff.css", import.meta.url).href;

function add(text, href) {
  const piece = document.createElement(href ? "a" : "span");
  piece.textContent = text;
  if (href) piece.href = href;
  strip.append(piece);
  return piece;
}

function ago(seconds) {
  if (seconds < 90) return `${Math.round(seconds)} seconds ago`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} minutes ago`;
  return `${Math.round(seconds / 3600)} hours ago`;
}

function show() {
  styles.addEventListener("load", () => document.body.append(strip));
  document.head.append(styles);
}

function tell(said) {
  if (said.page) add(said.page);
  if (said.standing) add(said.standing);
  if (said.edit) add("Edit this page", said.edit);
  add("The desk", said.desk);
  if (said.age !== null) add(`Made ${ago(said.age)}, nothing has changed since`);
  show();
}

// The answer to the page itself says how old it is, if it is a copy.
async function alarm() {
  const page = await fetch(location.href, { method: "HEAD", cache: "no-store" });
  const age = Number(page.headers.get("Age"));
  if (!age) return;
  const words = `The database does not answer. Readers see this page as it was ${ago(age)}.`;
  add(words).className = "staff-bar__alarm";
  show();
}

const asked = await fetch(`/admin/bar/?path=${encodeURIComponent(location.pathname)}`, { redirect: "manual" });
if (asked.ok) tell(await asked.json());
else if (asked.status >= 500) await alarm();
