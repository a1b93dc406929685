/*
 * The page that searches all others. What they say stands in the page itself, as ismsc took it down while writing them:
 * of each page file, id and title, then anchor, title and text of each section and each row. Of the words a list of
 * places is made, a little at a time; a key then only looks through the words, of which there are few.
 * Written as script.js is.
 */
"use strict";
(() => {
  const { main, create, fold, unspaced } = shared;
  const SHOWN = 20;
  const BEFORE = 90; /* characters of text before what was found */
  const BEHIND = 150;

  /* --- entries: { page, anchor, title, text }, the first of each page is the page itself --- */

  const toEntries = ([file, id, title, ...strings]) => {
    const page = { file, title };
    const entries = [{ page, anchor: "", title: id ? id + " \u00b7 " + title : title, text: "", whole: true }];
    for (let i = 0; i < strings.length; i += 3) entries.push({ page, anchor: strings[i], title: strings[i + 1], text: strings[i + 2] });
    return entries;
  };

  const entries = JSON.parse(document.getElementById("_pages").content.textContent).flatMap(toEntries);

  /* --- words: "a.8.9" is one word, and so are "8.9" and "9", since people type any of them --- */

  const wordsOf = (text) => fold(text).match(/[\p{L}\p{M}\p{N}]+(?:[-._:][\p{L}\p{M}\p{N}]+)*/gu) ?? [];

  const withEnds = (word) => {
    const ends = [word];
    if (unspaced.test(word)) for (let i = 1; i < word.length; i++) ends.push(word.slice(i));
    else for (let i = word.search(/[-._:]/) + 1; i > 0; i = (word.slice(i).search(/[-._:]/) + 1 || -i) + i) ends.push(word.slice(i));
    return ends;
  };

  /* Where in an entry a word stands; what stands in a title counts more, and an id, the first word there, most. */
  const [TEXT, TITLE, FIRST] = [0, 1, 2];
  const places = new Map(); /* word -> [4 * entry + where, ...], one for each entry */

  const enter = (word, number, where) => {
    const list = places.get(word);
    if (!list) places.set(word, [4 * number + where]);
    else if (list[list.length - 1] >> 2 !== number) list.push(4 * number + where);
  };

  const enterEntry = ({ title, text }, number) => {
    wordsOf(title).forEach((word, i) => withEnds(word).forEach((end, k) => enter(end, number, i + k || !/\d/.test(end) ? TITLE : FIRST)));
    wordsOf(text).forEach((word) => withEnds(word).forEach((end) => enter(end, number, TEXT)));
  };

  /* --- finding: an entry has words that begin with each of those typed --- */

  const pointsOf = (exact, where) => (where === FIRST && exact ? 40 : where === TEXT ? 1 : 8) + (exact ? 2 : 0);

  /* For each entry the points of its best word that begins so; 0 where there is none. */
  const look = (beginning) => {
    const points = new Uint8Array(entries.length);
    places.forEach((list, word) => {
      if (!word.startsWith(beginning)) return;
      const worth = [TEXT, TITLE, FIRST].map((where) => pointsOf(word.length === beginning.length, where));
      for (const place of list) if (points[place >> 2] < worth[place & 3]) points[place >> 2] = worth[place & 3];
    });
    return points;
  };

  const sum = (words) => {
    const looked = words.map(look);
    return (number) => {
      let total = 0;
      let titled = true;
      for (const points of looked) {
        if (!points[number]) return 0;
        total += points[number];
        titled &&= points[number] >= pointsOf(false, TITLE);
      }
      return total + (titled && entries[number].whole ? 12 : 0);
    };
  };

  /* The best entries, as many as wanted, and how many there are; of several at one place only the best. */
  const find = (words, wanted) => {
    const total = sum(words);
    const byPoints = [];
    const seen = new Set();
    let count = 0;
    for (let number = 0; words.length && number < entries.length; number++) {
      const points = total(number);
      if (!points) continue;
      count++;
      byPoints[points] ??= [];
      if (byPoints[points].length < 2 * wanted) byPoints[points].push(entries[number]);
    }
    const best = byPoints.reverse().flat().filter(({ page, anchor }) => {
      const address = page.file + "#" + anchor;
      return !seen.has(address) && seen.add(address);
    });
    return { best: best.slice(0, wanted), count };
  };

  /* --- showing what was found --- */

  const toPattern = (words) => {
    const escaped = words.map((word) => (unspaced.test(word) ? "" : "(?<![\\p{L}\\p{M}\\p{N}])") + word.replace(/[-.]/g, "[$&]"));
    return new RegExp(escaped.join("|"), "gu");
  };

  const marksIn = (text, pattern) => [...fold(text).matchAll(pattern)].map((match) => [match.index, match.index + match[0].length]);

  /* The text from [begin] to [end], with what was found marked. */
  const append = (element, text, marks, begin, end) => {
    let at = begin;
    marks.forEach(([from, to]) => {
      if (from < at || to > end) return;
      element.append(text.slice(at, from), create("mark", { textContent: text.slice(from, to) }));
      at = to;
    });
    element.append(text.slice(at, end));
  };

  /* What stands around the first mark, from word to word. */
  const excerpt = (text, pattern) => {
    const marks = marksIn(text, pattern);
    const [first, last] = marks[0] ?? [0, 0];
    const begin = first <= BEFORE ? 0 : text.indexOf(" ", first - BEFORE) + 1;
    const end = last + BEHIND >= text.length ? text.length : Math.max(text.lastIndexOf(" ", last + BEHIND), last);
    const element = create("p", {});
    if (begin) element.append("\u2026 ");
    append(element, text, marks, begin, end);
    if (end < text.length) element.append(" \u2026");
    return element;
  };

  const result = ({ page, anchor, title, text }, pattern) => {
    const item = create("li", {});
    const link = create("a", { href: page.file + (anchor && "#" + anchor) });
    const words = title || page.title;
    append(link, words, marksIn(words, pattern), 0, words.length);
    item.append(link);
    if (!words.includes(page.title)) item.append(create("span", { className: "where", textContent: page.title }));
    if (text) item.append(excerpt(text, pattern));
    return item;
  };

  /* --- the form, made here because without scripts it would do nothing --- */

  const form = create("form", { className: "search", role: "search" });
  const input = create("input", { type: "search", id: "_search", autocomplete: "off", spellcheck: false });
  const label = create("label", { htmlFor: input.id, textContent: main.dataset.search });
  const status = create("p", { role: "status" });
  const list = create("ol", { className: "found" });
  const more = create("button", { type: "button", hidden: true, textContent: main.dataset.more });
  let wanted = SHOWN;

  const show = () => {
    const words = wordsOf(input.value);
    const { best, count } = find(words, wanted);
    const pattern = toPattern(words);
    status.textContent = !words.length ? "" : count ? main.dataset.found + ": " + count : main.dataset.nothing;
    list.replaceChildren(...best.map((entry) => result(entry, pattern)));
    more.hidden = best.length < wanted;
  };

  const links = () => [...list.querySelectorAll("a")];

  /* Arrows go through what was found, and back to the field. */
  const step = (event) => {
    const stops = [input, ...links()];
    const next = stops.indexOf(document.activeElement) + { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!(next >= 0 && next < stops.length)) return;
    event.preventDefault();
    stops[next].focus();
  };

  /* The way back from what was found leads to the same words. */
  const remember = () => {
    try {
      history.replaceState(null, "", "#q=" + encodeURIComponent(input.value));
    } catch {
      /* a browser that allows none for files */
    }
  };

  input.addEventListener("input", () => {
    wanted = SHOWN;
    show();
  });
  more.addEventListener("click", () => {
    const before = links().length;
    wanted *= 4;
    show();
    links()[before]?.focus();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    links()[0]?.click();
  });
  form.addEventListener("keydown", step);
  list.addEventListener("click", remember);

  let entered = 0;
  const prepare = () => {
    const end = performance.now() + 30;
    for (; entered < entries.length && performance.now() < end; entered++) enterEntry(entries[entered], entered);
    form.setAttribute("aria-busy", String(entered < entries.length));
    if (entered < entries.length) setTimeout(prepare);
    else if (input.value) show();
  };

  form.append(label, input, status, list, more);
  main.prepend(form);
  if (location.hash.startsWith("#q=")) input.value = decodeURIComponent(location.hash.slice(3));
  prepare();
  input.focus();
})();
