/*
 * What the page gains where scripts may run: long tables can be sorted and filtered, and a table that fits its
 * place is no longer a frame to scroll in. The page is whole without it.
 * ismsc puts this on one line: end statements with semicolons, write comments like this one only, and have no
 * quotation marks in regular expressions.
 */
"use strict";
const shared = (() => {
  const main = document.getElementById("_main");

  const create = (name, properties) => Object.assign(document.createElement(name), properties);

  /* Small letters without accents, so that "zurich" finds what "Zürich" says; each stands where it stood. */
  const accented = /[\u00c0-\u024f\u0386-\u04ff\u1e00-\u1fff]/g;
  const fold = (text) => text.replace(/\u0130/g, "I").toLowerCase().replace(accented, (letter) => letter.normalize("NFD")[0]);
  /* Scripts whose words follow each other without spaces. */
  const unspaced = /[\u0e00-\u0eff\u1780-\u17ff\u2e80-\ud7af]/;

  /* --- rows of long tables: what a reader filters and sorts by --- */

  const collator = new Intl.Collator(document.documentElement.lang || undefined, { numeric: true, sensitivity: "base" });
  const SHOWN = 50; /* rows of a huge table that are shown until somebody wants all: browsers take seconds for thousands */
  const CHOICES = 16;
  const LONGEST_CHOICE = 40;

  /* A level is chosen by its name and sorted by its rank, a day by its number, all else by what it says. */
  const toCell = (cell) => {
    const ranked = cell.hasAttribute("data-rank") ? cell : cell.querySelector(".badge");
    const text = cell.textContent.trim();
    const rank = Number(cell.dataset.sort ?? ranked?.dataset.rank ?? NaN);
    const said = text === "\u2013" ? "" : text;
    return { text: said, choice: ranked ? ranked.textContent.trim() : said, rank, isDay: "sort" in cell.dataset };
  };

  const toRow = (element, place) => {
    const cells = [...element.cells].map(toCell);
    return { element, place, cells, words: fold(cells.map((cell) => cell.text).join(" ")) };
  };

  /* What is empty comes last in either direction. */
  const compare = (a, b, turn) => {
    if (!a?.text || !b?.text) return !a?.text - !b?.text;
    const ranked = !isNaN(a.rank) && !isNaN(b.rank) ? a.rank - b.rank : 0;
    return turn * (ranked || collator.compare(a.text, b.text));
  };

  const sorted = (rows, { column, direction }) => {
    if (direction === "none") return rows;
    const turn = direction === "descending" ? -1 : 1;
    return [...rows].sort((a, b) => compare(a.cells[column], b.cells[column], turn) || a.place - b.place);
  };

  /* The values of a column, where they are few and short; none for numbers and days. */
  const choicesOf = (rows, column) => {
    const cells = new Map();
    for (const row of rows) {
      const cell = row.cells[column];
      if (!cell || cell.isDay || cell.choice.length > LONGEST_CHOICE) return [];
      if (cell.choice) cells.set(cell.choice, cell);
      if (cells.size > CHOICES) return [];
    }
    const names = [...cells.keys()].sort((a, b) => compare(cells.get(a), cells.get(b), 1));
    const useful = names.length > 1 && names.length <= rows.length / 2 && !names.every((name) => /^[\d.,]+$/.test(name));
    return useful ? names : [];
  };

  /* --- a long table: what was asked for, and the rows that fit it --- */

  const tables = [];

  const toTable = (element, number) => {
    const groups = [...element.tBodies].map((body) => {
      const head = body.rows[0]?.classList.contains("group") ? body.rows[0] : null;
      return { body, head, rows: [...body.rows].filter((row) => row !== head).map(toRow) };
    });
    const rows = groups.flatMap((group) => group.rows);
    return { element, number, frame: element.parentElement, groups, rows, asked: {}, limit: element.classList.contains("huge") ? SHOWN : Infinity };
  };

  const nothing = () => ({ text: "", choices: new Map(), sort: { column: 0, direction: "none" } });
  const isFiltered = ({ text, choices }) => text.trim() !== "" || choices.size > 0;

  const matches = ({ text, choices }) => {
    const words = fold(text).split(/\s+/).filter(Boolean);
    return (row) => words.every((word) => row.words.includes(word)) && [...choices].every(([column, choice]) => row.cells[column]?.choice === choice);
  };

  /* In words, for paper: what was typed and chosen, and how many rows are left of how many. */
  const describe = ({ asked, heads, rows, count }) => {
    const parts = [...asked.choices].map(([column, choice]) => heads[column].name + ": " + choice);
    if (asked.text.trim()) parts.unshift("\u201c" + asked.text.trim() + "\u201d");
    return main.dataset.filtered + ": " + parts.join(", ") + " (" + count + " " + main.dataset.of + " " + rows.length + ")";
  };

  /* How many rows there are of how many, and what of the tools is of use. */
  const tell = (table, shown) => {
    const filtered = isFiltered(table.asked);
    table.output.textContent = table.count + " " + main.dataset.of + " " + table.rows.length;
    table.note.textContent = filtered ? describe(table) : "";
    table.note.hidden = !filtered;
    table.reset.hidden = !filtered && table.asked.sort.direction === "none";
    table.cut.hidden = shown === table.count;
    table.cut.firstChild.textContent = shown + " " + main.dataset.of + " " + table.count;
  };

  /* Rows that stay are not touched, since what is put in anew has to be laid out anew. */
  const place = (body, rows) => {
    const staying = new Set(rows);
    [...body.rows].forEach((row) => staying.has(row) || row.remove());
    let at = body.firstElementChild;
    rows.forEach((row) => {
      if (row === at) at = at.nextElementSibling;
      else body.insertBefore(row, at);
    });
  };

  /* Puts the rows that fit into the table, as many as may be shown. */
  const render = (table, limit = table.limit) => {
    const fits = matches(table.asked);
    let shown = 0;
    table.count = 0;
    table.groups.forEach(({ body, head, rows }) => {
      const fitting = sorted(rows.filter(fits), table.asked.sort);
      const visible = fitting.slice(0, Math.max(limit - shown, 0));
      place(body, [...(head && visible.length ? [head] : []), ...visible.map((row) => row.element)]);
      shown += visible.length;
      table.count += fitting.length;
    });
    tell(table, shown);
  };

  const field = (control, words) => {
    const label = create("label", {});
    label.append(words + " ", control);
    return label;
  };

  const choose = (table, column, names) => {
    const select = create("select", { autocomplete: "off" });
    select.append(create("option", { value: "", textContent: main.dataset.all }), ...names.map((name) => create("option", { value: name, textContent: name })));
    select.addEventListener("change", () => {
      if (select.value) table.asked.choices.set(column, select.value);
      else table.asked.choices.delete(column);
      render(table);
    });
    return field(select, table.heads[column].name);
  };

  /* A click sorts up, the next down, the third as it was. */
  const next = { none: "ascending", ascending: "descending", descending: "none" };

  const setSort = (table, sort) => {
    table.asked.sort = sort;
    table.heads.forEach(({ head, button }, column) => {
      if (button) head.setAttribute("aria-sort", column === sort.column ? sort.direction : "none");
    });
  };

  const makeSortable = (table) => {
    table.heads.forEach((entry, column) => {
      const { head } = entry;
      if (head.tagName !== "TH") return;
      entry.button = create("button", { type: "button" });
      entry.button.append(...head.childNodes);
      head.append(entry.button);
      entry.button.addEventListener("click", () => {
        setSort(table, { column, direction: next[head.getAttribute("aria-sort")] });
        render(table);
      });
    });
  };

  const reset = (table) => {
    table.input.value = "";
    table.tools.querySelectorAll("select").forEach((select) => { select.value = ""; });
    table.asked = nothing();
    setSort(table, table.asked.sort);
    render(table);
  };

  const makeTools = (table) => {
    const { frame, rows, heads } = table;
    table.tools = create("div", { className: "tools" });
    table.input = create("input", { type: "search", id: "_filter-" + table.number, autocomplete: "off", spellcheck: false });
    table.output = create("output", { htmlFor: table.input.id });
    table.reset = create("button", { type: "button", textContent: main.dataset.reset });
    table.note = create("p", { className: "filtered" });
    table.cut = create("p", { className: "cut" });
    const all = create("button", { type: "button", textContent: main.dataset.showAll });
    table.cut.append(create("span", {}), all);
    table.input.addEventListener("input", () => {
      table.asked.text = table.input.value;
      render(table);
    });
    table.reset.addEventListener("click", () => {
      reset(table);
      table.input.focus();
    });
    all.addEventListener("click", () => {
      table.limit = Infinity;
      render(table);
    });
    const selects = heads.flatMap((_, column) => {
      const names = choicesOf(rows, column);
      return names.length ? [choose(table, column, names)] : [];
    });
    table.tools.append(field(table.input, main.dataset.filter), ...selects, table.output, table.reset);
    frame.before(table.tools, table.note);
    frame.after(table.cut);
  };

  document.querySelectorAll("table.long").forEach((element, i) => {
    const table = toTable(element, i + 1);
    const cells = [...(element.tHead?.rows ?? [])].pop()?.cells ?? [];
    table.heads = [...cells].map((head) => ({ head, name: head.textContent.trim() }));
    table.asked = nothing();
    makeTools(table);
    makeSortable(table);
    setSort(table, table.asked.sort);
    table.count = table.rows.length;
    if (table.count > table.limit) render(table);
    else tell(table, table.count);
    tables.push(table);
  });

  /* Paper has room for all rows that fit. */
  const cutTables = () => tables.filter((table) => !table.cut.hidden);
  let waitingForPaper = [];
  addEventListener("beforeprint", () => {
    waitingForPaper = cutTables();
    waitingForPaper.forEach((table) => render(table, Infinity));
  });
  addEventListener("afterprint", () => waitingForPaper.forEach((table) => render(table)));

  /* A link to a row that is not shown shows it. */
  const reveal = (hash) => {
    const id = decodeURIComponent(hash.slice(1));
    if (!id || document.getElementById(id)) return;
    tables.forEach((table) => {
      const place = table.rows.findIndex((row) => row.element.querySelector("#" + CSS.escape(id)));
      if (place < 0) return;
      table.limit = Math.max(table.limit, place + 1);
      reset(table);
      document.getElementById(id).scrollIntoView();
    });
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^=\"#\"]");
    if (link) reveal(link.hash);
  });
  addEventListener("hashchange", () => reveal(location.hash));
  reveal(location.hash);

  /* --- a frame that its table fits into is no landmark and no stop for the keyboard --- */

  /* What is laid out only when it comes into sight is not measured before. */
  const isLaidOut = (table) => table.checkVisibility?.({ contentVisibilityAuto: true }) ?? true;

  const fit = (within) => {
    const frames = [...within.querySelectorAll(".frame > table")].filter(isLaidOut).map((table) => table.parentElement);
    const fits = frames.map((frame) => frame.querySelector("table").offsetWidth <= frame.clientWidth + 1);
    frames.forEach((frame, i) => {
      frame.classList.toggle("fits", fits[i]);
      frame.setAttribute("role", fits[i] ? "group" : "region");
      if (fits[i]) frame.removeAttribute("tabindex");
      else frame.setAttribute("tabindex", "0");
    });
  };
  addEventListener("resize", () => fit(main));
  document.addEventListener("contentvisibilityautostatechange", ({ target, skipped }) => skipped || fit(target));
  fit(main);

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
