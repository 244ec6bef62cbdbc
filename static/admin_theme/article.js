/* Live extras of the article form: search preview, word count, the name of the publish button. */
"use strict";
{
  const field = (name) => document.getElementById(`id_${name}`);
  const value = (name) => field(name)?.value.trim() || "";

  /* Only a preview: the server decides, with the same rules and more. */
  const slugOf = (title) =>
    title
      .normalize("NFKD")
      .replace(/\p{M}/gu, "")
      .toLowerCase()
      .replace(/ß/g, "ss")
      .replace(/\+\+/g, " plus plus ")
      .replace(/(?<=[a-z])#/g, " sharp ")
      .replace(/['’]/g, "")
      .replace(/&/g, " and ")
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-|-$/g, "");

  function preview(box) {
    const slug = value("slug") || slugOf(value("title")) || "…";
    const title = value("seo_title") || value("title");
    const description = value("seo_description") || value("summary");
    box.querySelector("[data-address]").textContent = `${box.dataset.site}blog/${slug}/`;
    box.querySelector("[data-title]").textContent = title || "Title";
    box.querySelector("[data-description]").textContent = description || "Summary";
    box.querySelector("[data-lengths]").textContent =
      `Title ${title.length} characters${title.length > 60 ? ", over 60 may be cut" : ""}. ` +
      `Description ${description.length}${description.length > 160 ? ", over 160 may be cut" : ""}.`;
  }

  function countWords(place) {
    const text = new DOMParser().parseFromString(value("body").replace(/</g, " <"), "text/html").body.textContent;
    const words = text.trim() ? text.trim().split(/\s+/).length : 0;
    const minutes = Math.max(1, Math.round(words / 230));
    place.textContent = `${words.toLocaleString("en-GB")} ${words === 1 ? "word" : "words"}, ${minutes} min`;
  }

  function namePublishing(button) {
    const changes = button.dataset.publish;
    const date = field(changes && field("goes_live_at") ? "goes_live_at" : "published_at");
    const later = date?.value && window.waymarkMoment(date.value, date.dataset.zone) > Date.now();
    button.textContent = `${later ? "Schedule" : "Publish"}${changes ? " changes" : ""}`;
  }

  document.addEventListener("DOMContentLoaded", () => {
    const box = document.querySelector("[data-search-preview]");
    const place = document.querySelector("[data-word-count]");
    const button = document.querySelector("[data-publish]");
    let waiting;
    const update = () => {
      if (box && field("title")) preview(box);
      if (place && field("body")) countWords(place);
      if (button) namePublishing(button);
    };
    const soon = () => {
      clearTimeout(waiting);
      waiting = setTimeout(update, 200);
    };
    document.querySelector("form[id$=_form]")?.addEventListener("input", soon);
    document.querySelector("form[id$=_form]")?.addEventListener("change", soon);
    update();
  });
}
