/*
 * What the page gains where scripts may run: long tables can be sorted and filtered, and a table that fits its
 * place is no longer a frame to scroll in. The page is whole without it.
 * ismsc puts this on one line: end statements with semicolons, write comments like this one only, and have no
 * quotation marks in regular expressions.
 */
"use strict";
const shared = (() => {
  const main = document.getElementById("_main");
  const collator = new Intl.Collator(document.documentElement.lang || undefined, { numeric: true, sensitivity: "base" });

  const create = (name, properties) => Object.assign(document.createElement(name), properties);

  /* Small letters without accents, so that "zurich" finds what "Zürich" says; each stands where it stood. */
  const accented = /[\u00c0-\u024f\u0386-\u04ff\u1e00-\u1fff]/g;
  const fold = (text) => text.replace(/\u0130/g, "I").toLowerCase().replace(accented, (letter) => letter.normalize("NFD")[0]);
  /* Scripts whose words follow each other without spaces. */
  const unspaced = /[\u0e00-\u0eff\u1780-\u17ff\u2e80-\ud7af]/;

  /* --- sorting: by rank where a cell has one, else by text with numbers as numbers; empty cells last --- */

  const key = (cell) => {
    const ranked = cell && (cell.hasAttribute("data-rank") ? cell : cell.querySelector("[data-rank]"));
    if (ranked) return ranked.getAttribute("data-rank");
    const text = cell ? cell.textContent.trim() : "";
    return text === "\u2013" ? "" : text;
  };

  const compare = (a, b) => {
    if (a.key === "" || b.key === "") return (a.key === "") - (b.key === "");
    return collator.compare(a.key, b.key);
  };

  const sorted = (rows, column, direction) => {
    if (direction === "none") return rows;
    const keyed = rows.map((row, place) => ({ row, place, key: key(row.cells[column]) }));
    const turn = direction === "descending" ? -1 : 1;
    keyed.sort((a, b) => (a.key === "" || b.key === "" ? compare(a, b) : turn * compare(a, b)) || a.place - b.place);
    return keyed.map((entry) => entry.row);
  };

  const next = { none: "ascending", ascending: "descending", descending: "none" };

  const sortable = (table, groups) => {
    const heads = [...table.tHead.rows[table.tHead.rows.length - 1].cells];
    heads.forEach((head, column) => {
      if (head.tagName !== "TH") return;
      const button = create("button", { type: "button" });
      button.append(...head.childNodes);
      head.append(button);
      head.setAttribute("aria-sort", "none");
      button.addEventListener("click", () => {
        const direction = next[head.getAttribute("aria-sort")];
        heads.forEach((other) => other.hasAttribute("aria-sort") && other.setAttribute("aria-sort", "none"));
        head.setAttribute("aria-sort", direction);
        groups.forEach((group) => group.body.append(...sorted(group.rows, column, direction)));
      });
    });
  };

  /* --- filtering: every word typed must stand somewhere in the row --- */

  const filterable = (frame, table, groups, number) => {
    const rows = groups.flatMap((group) => group.rows);
    const texts = new Map();
    const tools = create("div", { className: "tools" });
    const input = create("input", { type: "search", id: "_filter-" + number, autocomplete: "off", spellcheck: false });
    const label = create("label", { htmlFor: input.id, textContent: main.dataset.filter });
    const count = create("output", { htmlFor: input.id });
    const report = (shown) => { count.textContent = shown + " " + main.dataset.of + " " + rows.length; };

    const apply = () => {
      const words = fold(input.value).split(/\s+/).filter(Boolean);
      let shown = 0;
      rows.forEach((row) => {
        if (!texts.has(row)) texts.set(row, fold(row.textContent));
        row.hidden = !words.every((word) => texts.get(row).includes(word));
        shown += !row.hidden;
      });
      groups.forEach((group) => { if (group.head) group.head.hidden = group.rows.every((row) => row.hidden); });
      report(shown);
    };

    input.addEventListener("input", apply);
    report(rows.length);
    tools.append(label, input, count);
    frame.before(tools);
  };

  document.querySelectorAll("table.long").forEach((table, number) => {
    const groups = [...table.tBodies].map((body) => ({
      body,
      head: body.querySelector(":scope > tr.group"),
      rows: [...body.rows].filter((row) => !row.classList.contains("group")),
    }));
    filterable(table.parentElement, table, groups, number + 1);
    if (table.tHead) sortable(table, groups);
  });

  /* --- a frame that its table fits into is no landmark and no stop for the keyboard --- */

  const frames = [...document.querySelectorAll(".frame")];
  const fit = () => {
    const fits = frames.map((frame) => frame.firstElementChild && frame.querySelector("table").offsetWidth <= frame.clientWidth + 1);
    frames.forEach((frame, i) => {
      frame.classList.toggle("fits", fits[i]);
      frame.setAttribute("role", fits[i] ? "group" : "region");
      if (fits[i]) frame.removeAttribute("tabindex");
      else frame.setAttribute("tabindex", "0");
    });
  };
  addEventListener("resize", fit);
  fit();

  /* --- the contents show where the reader is: the last heading above the upper third of the window --- */

  const entries = [...document.querySelectorAll(".contents a")];
  const headings = entries.map((entry) => document.getElementById(decodeURIComponent(entry.hash.slice(1))));
  let here = null;
  let waiting = false;

  const locate = () => {
    waiting = false;
    let low = 0;
    let high = headings.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (headings[middle].getBoundingClientRect().top < innerHeight / 3) low = middle + 1;
      else high = middle;
    }
    const entry = entries[low - 1] ?? null;
    if (entry === here) return;
    if (here) here.removeAttribute("aria-current");
    if (entry) entry.setAttribute("aria-current", "location");
    here = entry;
  };

  if (headings.length && headings.every(Boolean)) {
    addEventListener("scroll", () => {
      if (!waiting) requestAnimationFrame(locate);
      waiting = true;
    }, { passive: true });
    locate();
  }

  /* --- "/" leads to the page that searches all others --- */

  const isTyping = (target) => target.matches("input, select, textarea");
  const search = document.querySelector(".site a[rel=search]");

  addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const field = document.getElementById("_search");
    event.preventDefault();
    if (field) field.select();
    else if (search) search.click();
  });

  return { main, create, fold, unspaced };
})();
