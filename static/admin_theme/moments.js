/* Below a date and time: what comes of it and when, by the site's clock. The server decides by the same rules. */
"use strict";
{
  const UNITS = [
    ["year", 31557600], ["month", 2629800], ["week", 604800], ["day", 86400], ["hour", 3600], ["minute", 60],
  ];

  /* While a year is typed the field holds 0002, 0020, 0202: nothing yet, and no zone reaches so far. */
  const isWhole = (local) => /^[1-9]\d{3}-/.test(local);

  /* What the clock of that zone shows at a moment, as a field would have it. */
  function shown(moment, zone) {
    const form = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" });
    return form.format(moment).replace(" ", "T");
  }

  /* The first moment at which the clock shows this; none where it never does. */
  function momentOf(local, zone) {
    if (!isWhole(local)) return undefined;
    const asIfUTC = Date.parse(`${local}Z`);
    const offsets = [-36, 36].map((hours) => {
      const near = asIfUTC + hours * 3600000;
      return Date.parse(`${shown(near, zone)}Z`) - near;
    });
    const moments = offsets.map((offset) => asIfUTC - Math.round(offset / 60000) * 60000);
    return moments.sort((a, b) => a - b).find((moment) => shown(moment, zone) === local);
  }

  function distance(seconds) {
    const [unit, size] = UNITS.find(([, size]) => Math.abs(seconds) >= size) || UNITS.at(-1);
    const words = new Intl.RelativeTimeFormat("en-GB", { numeric: "always" });
    return words.format(Math.trunc(seconds / size), unit);
  }

  function told(field) {
    const { ahead, after, zone } = field.dataset;
    const moment = momentOf(field.value, zone);
    if (moment === undefined) {
      return `Clocks go forward that night: there is no ${field.value.slice(11)} in ${zone}. Choose an hour later.`;
    }
    const seconds = (moment - Date.now()) / 1000;
    const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeZone: zone }).format(moment);
    return `${seconds > 0 ? ahead : after} ${distance(seconds)}, ${field.value.slice(11)} ${zone} on ${day}.`;
  }

  /* What the form would say of it when it is sent. Without a date of its own, an article begins when published. */
  function problem(field) {
    const begins = document.getElementById(field.dataset.notBefore);
    if (!begins?.value || begins.value < field.value) return "";
    return " It would expire before it is published.";
  }

  function attend(field) {
    const place = document.createElement("p");
    place.className = "moment";
    place.id = `${field.id}_moment`;
    place.setAttribute("role", "status");
    (field.closest(".flex-container") || field).after(place);
    const say = () => {
      const wrong = isWhole(field.value) ? problem(field) : "";
      place.textContent = isWhole(field.value) ? told(field) + wrong : "";
      place.classList.toggle("moment--wrong", Boolean(wrong));
    };
    field.addEventListener("input", say);
    document.getElementById(field.dataset.notBefore)?.addEventListener("input", say);
    say();
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("input[data-zone]").forEach(attend);
  });
  window.waymarkMoment = momentOf;
}
