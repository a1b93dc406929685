// SPDX-License-Identifier: MIT
/*
 * Asks programs that are not ours about generated pages: the Nu validator (HTML and CSS, warnings count), a real
 * browser, and axe for accessibility, in light and dark, wide and narrow, with and without script, on screen and on paper.
 *
 *   node tests/interop/html_check.mjs --modules /path/to/node_modules [--chromium PATH] [--shots DIR] [--jobs N] [--records some] FILE.html...
 *
 * node_modules holds vnu-jar, axe-core and puppeteer-core; java, pdftotext and pdfinfo are on the PATH.
 * With --records some, pages of single records are opened in a browser only where they are looked at thoroughly; all are validated.
 * N pages (2) are looked at side by side, each in a browser of its own; the validator reads all of them in one process.
 * Prints one line a problem, page by page, and ends with "N passed, N failed"; one check on one file is one count.
 */
import { execFile as execFileWith } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";

const CHROMIUM_FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--hide-scrollbars",
];
const AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const execFile = promisify(execFileWith);

let passed = 0;
let failed = 0;

/* For each page what there is to say about it, so that pages are told about in their order. */
const said = new Map();

/* One check: passed when it returns no problem. */
const check = async (file, name, body) => {
  let problems;
  try {
    problems = await body();
  } catch (error) {
    problems = [String(error.message ?? error).split("\n")[0]];
  }
  problems.forEach((problem) => said.get(file).push(`${basename(file)}: ${name}: ${problem}`));
  if (problems.length) failed++;
  else passed++;
};

const parseArguments = (argv) => {
  const options = { chromium: "/usr/bin/chromium", jobs: "2", files: [] };
  for (let i = 0; i < argv.length; i++) {
    if (argv[i].startsWith("--")) options[argv[i].slice(2)] = argv[++i];
    else options.files.push(resolve(argv[i]));
  }
  return options;
};

/* --- validity --- */

/* It takes pictures within a page for blocked whatever img-src says, even `*`; that the browser shows them is checked with ids and links. */
const VALIDATOR_IS_WRONG = /^Resource violates Content Security Policy .* image “data:.*blocked by “img-src” directive/;

/* {file: [problem]}; it exits with 1 where there is one. */
const validate = async (jar, files) => {
  const problems = new Map(files.map((file) => [file, []]));
  const { stderr } = await execFile("java", ["-jar", jar, "--also-check-css", "--Werror", "--format", "json", ...files], { maxBuffer: 1 << 28 })
    .catch((error) => error);
  const { messages } = JSON.parse(stderr);
  for (const { url, lastLine, message } of messages) {
    const file = url ? fileURLToPath(url.replace(/^file:\/*/, "file:///")) : undefined;
    if (!problems.has(file)) throw new Error(`the validator: ${message}`);
    if (!VALIDATOR_IS_WRONG.test(message)) problems.get(file).push(`${lastLine ?? 0}: ${message}`);
  }
  return problems;
};

/* --- a page in the browser, with everything it does recorded --- */

const open = async (browser, file, { width, scheme, script = true }) => {
  const page = await browser.newPage();
  const seen = { requests: [], messages: [] };
  page.on("request", (request) => seen.requests.push(request.url()));
  page.on("console", (message) => seen.messages.push(message.text()));
  page.on("pageerror", (error) => seen.messages.push(error.message));
  await page.setJavaScriptEnabled(script);
  await page.setViewport({ width, height: 900 });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  await page.goto(pathToFileURL(file).href, { waitUntil: "load" });
  return { page, seen };
};

/* A picture that is part of the page asks nobody for anything. */
const quiet = (seen) => [
  ...seen.messages.map((text) => `console: ${text}`),
  ...seen.requests.slice(1).filter((url) => !url.startsWith("data:")).map((url) => `request: ${url.slice(0, 120)}`),
];

/* A window that was just made narrower may still be laid out for the old width. */
const settled = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

const sidewaysScroll = (page) => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

const axeProblems = async (page, rules) => {
  const violations = await page.evaluate(async (wanted) => (await axe.run({ ...wanted, resultTypes: ["violations"] })).violations, rules);
  return violations.flatMap((v) =>
    v.nodes.slice(0, 3).map((node) => `${v.id}: ${node.target.join(" ")}: ${node.failureSummary.replace(/\s+/g, " ")}`));
};

/*
 * One load with scripts sees both schemes and widths, since nothing but the style hangs on them. Everything is asked of
 * the light page at 1280; what size can change is asked again at 320, what colour can change in the dark.
 */
const VIEWS = [
  ["light", 1280, { runOnly: AXE_TAGS }],
  ["light", 320, { runOnly: { type: "rule", values: ["target-size", "scrollable-region-focusable"] } }],
  ["dark", 320, null],
  ["dark", 1280, { runOnly: { type: "rule", values: ["color-contrast", "link-in-text-block"] } }],
];

const onScreen = async (file, { page }, axeSource, options, thorough) => {
  if (thorough) await page.evaluate(axeSource);
  for (const [scheme, width, rules] of VIEWS) {
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    await page.setViewport({ width, height: 900 });
    await settled(page);
    const where = `${scheme} ${width}`;
    await check(file, `sideways scroll, ${where}`, async () => {
      const over = await sidewaysScroll(page);
      return over > 0 ? [`${over} px wider than the window`] : [];
    });
    if (options.shots) {
      const name = `${basename(file, ".html")}-${scheme}-${width}`;
      await page.screenshot({ path: join(options.shots, `${name}.png`) });
      await page.screenshot({ path: join(options.shots, `${name}-full.png`), fullPage: true });
    }
    if (thorough && rules) await check(file, `accessibility, ${where}`, () => axeProblems(page, rules));
  }
};

/* --- the script is an extra --- */

/* textContent, because innerText of tens of thousands of cells takes seconds */
const mainText = (page) =>
  page.evaluate(() => document.querySelector("main").textContent.replace(/\s+/g, " ").trim());

/* The page without scripts is whole: what it says, and the ids that its own links lead to. */
const withoutScript = async (browser, file) => {
  const { page, seen } = await open(browser, file, { width: 320, scheme: "light", script: false });
  const over = await sidewaysScroll(page);
  const problems = await page.evaluate(() => {
    const known = new Set();
    const twice = [...document.querySelectorAll("[id]")].filter((e) => known.has(e.id) || !known.add(e.id)).map((e) => `id twice: ${e.id}`);
    const dead = [...document.querySelectorAll("a[href^='#']")].map((a) => decodeURIComponent(a.getAttribute("href").slice(1)))
      .filter((id) => !known.has(id)).map((id) => `link to nothing: #${id}`);
    const styled = [...document.querySelectorAll("[style]")].map(() => "style attribute");
    const unseen = [...document.images].filter((image) => !image.naturalWidth).map((image) => `a picture is not shown: ${image.alt}`);
    const hidden = [...document.querySelectorAll("main [hidden]")].map((e) => `hidden: ${e.textContent.slice(0, 40)}`);
    const idle = [...document.querySelectorAll("main :is(.tools, .search, button, input, select)")].map((e) => `does nothing without a script: ${e.tagName}`);
    return [...twice, ...dead, ...styled, ...unseen, ...hidden, ...idle].slice(0, 5);
  });
  const text = await mainText(page);
  await page.close();
  return { text, problems: [...problems, ...quiet(seen), ...(over > 0 ? [`${over} px wider than a window of 320`] : [])] };
};

/* With scripts it says the same, what they add apart. */
const sameText = async (page, bare) => {
  const scripted = await page.evaluate(() => {
    const copy = document.querySelector("main").cloneNode(true);
    copy.querySelectorAll(".tools, .filtered, .cut, .search").forEach((added) => added.remove());
    return copy.textContent.replace(/\s+/g, " ").trim();
  });
  return scripted === bare ? [] : ["the text differs with and without script"];
};

/* --- long tables: sorted, filtered by word and by choice, a link to a row that is not shown --- */

const longTables = (page) => page.evaluate(async () => {
  const problems = [];
  const tell = (number, text) => problems.push(`table ${number + 1}: ${text}`);
  const key = (cell) => {
    const ranked = cell.hasAttribute("data-rank") ? cell : cell.querySelector("[data-rank]");
    return cell.dataset.sort ?? ranked?.dataset.rank;
  };
  [...document.querySelectorAll("table.long:not(.huge)")].forEach((table, number) => {
    const tools = document.querySelectorAll(".tools")[number];
    const [input, output] = [tools.querySelector("input"), tools.querySelector("output")];
    const rows = () => [...table.querySelectorAll("tbody tr:not(.group)")];
    const order = () => rows().map((row) => row.textContent).join("|");
    const whole = rows();
    const before = order();
    const filter = (text) => {
      input.value = text;
      input.dispatchEvent(new Event("input"));
    };
    table.tHead.querySelectorAll("th").forEach((head) => {
      const button = head.querySelector("button");
      const column = head.cellIndex;
      for (const direction of ["ascending", "descending", "none"]) {
        button.click();
        if (head.getAttribute("aria-sort") !== direction) tell(number, `aria-sort is not ${direction}`);
        if (table.querySelectorAll("[aria-sort=ascending], [aria-sort=descending]").length > 1) tell(number, "two columns are sorted");
        const keys = [...table.tBodies].map((body) => [...body.querySelectorAll("tr:not(.group)")].map((row) => key(row.cells[column])));
        const turn = direction === "descending" ? -1 : 1;
        const wrong = (list) => list.some((one, i) => i && one && list[i - 1] && turn * (one - list[i - 1]) < 0);
        if (direction !== "none" && keys.some(wrong)) tell(number, `column ${column + 1} is not ${direction} by its values`);
        if (rows().length !== whole.length) tell(number, "sorting loses rows");
      }
    });
    if (order() !== before) tell(number, "a third click does not bring the order back");
    filter("no row has this");
    if (rows().length) tell(number, "filtering for what is nowhere leaves rows");
    const first = whole[0].cells[0].textContent.trim();
    filter(first);
    const words = first.toLowerCase().split(/\s+/).filter(Boolean);
    const expected = whole.filter((row) => words.every((word) => row.textContent.toLowerCase().includes(word)));
    if (rows().length !== expected.length || rows()[0] !== whole[0]) tell(number, `filtering for ${first} does not work`);
    if (output.textContent !== `${expected.length} ${document.getElementById("_main").dataset.of} ${whole.length}`) tell(number, "the count is wrong");
    filter("");
    if (order() !== before) tell(number, "an emptied filter does not bring all rows back");
    tools.querySelectorAll("select").forEach((select) => {
      let sum = 0;
      [...select.options].slice(1).forEach((option) => {
        select.value = option.value;
        select.dispatchEvent(new Event("change"));
        if (!rows().length || rows().some((row) => !row.textContent.includes(option.value))) tell(number, `choosing ${option.value} does not work`);
        sum += rows().length;
      });
      if (sum > whole.length) tell(number, "one row has two choices of a column");
      if (tools.querySelector("button").hidden) tell(number, "no way back from a choice");
      tools.querySelector("button").click();
      if (order() !== before || select.value) tell(number, "reset does not bring all rows back");
    });
    const target = table.querySelector("tbody tr :is(th, td)[id], tbody tr [id]");
    if (!target) return;
    filter("no row has this");
    const link = document.body.appendChild(Object.assign(document.createElement("a"), { href: "#" + target.id }));
    link.click();
    link.remove();
    if (!target.isConnected) tell(number, "a link to a row that is filtered out does not show it");
  });
  history.replaceState(null, "", location.pathname);
  return problems.slice(0, 5);
});

/* --- the search page: keys typed as a person does, and every result leads somewhere --- */

const search = async (page, file) => {
  const problems = [];
  const texts = await page.evaluate(() => JSON.parse(document.getElementById("_pages").content.textContent));
  const places = texts.flatMap(([name, , title, ...strings]) =>
    strings.flatMap((_, i) => (i % 3 ? [] : [{ name, title, anchor: strings[i], words: strings[i + 1] + " " + strings[i + 2] }])));
  const type = async (text) => {
    await page.evaluate(() => { document.activeElement.blur(); });
    await page.keyboard.press("/");
    await page.keyboard.press("Backspace");
    await page.keyboard.type(text);
    return page.evaluate(() => ({
      status: document.querySelector(".search [role=status]").textContent,
      links: [...document.querySelectorAll(".found a")].map((a) => a.getAttribute("href")),
      marks: [...document.querySelectorAll(".found mark")].map((mark) => mark.textContent),
      quick: document.activeElement.id === "_search",
    }));
  };
  const row = places.find(({ anchor, words }) => anchor && /^[A-Z]+[-.]\d/.test(words));
  const id = row?.words.split(" ")[0];
  const found = id ? await type(id) : { links: ["none"], marks: [id], quick: true };
  if (!found.quick) problems.push("/ does not lead to the field");
  if (!found.links.length || !found.marks.some((mark) => mark?.toLowerCase() === id?.toLowerCase())) problems.push(`${id} is not found or not marked`);
  const word = places.map(({ words }) => words.match(/\b[a-z]{9,12}\b/)?.[0]).find(Boolean);
  const some = await type(word.slice(0, -1));
  const expected = places.filter(({ words }) => new RegExp(`(?<![\\p{L}\\p{N}])${word.slice(0, -1)}`, "iu").test(words)).length;
  if (!some.links.length || Number(some.status.match(/\d+/)) < expected) problems.push(`${word.slice(0, -1)}: ${some.status}, and ${expected} places have it`);
  if ((await type("zzqx")).links.length) problems.push("what is nowhere is found");
  await type(word);
  await page.keyboard.press("ArrowDown");
  const [here, first] = await page.evaluate(() => [document.activeElement.getAttribute("href"), document.querySelector(".found a").getAttribute("href")]);
  if (here !== first) problems.push("an arrow does not lead to the first place found");
  const ids = new Map();
  const idsOf = (name) => {
    if (!ids.has(name)) ids.set(name, new Set([...readFileSync(pageOf(file, name), "utf8").matchAll(/ id="([^"]*)"/g)].map((match) => match[1])));
    return ids.get(name);
  };
  places.filter(({ name, anchor }) => anchor && !idsOf(name).has(anchor.replaceAll("&", "&amp;"))).slice(0, 3)
    .forEach(({ name, anchor }) => problems.push(`found, and not there: ${name}#${anchor}`));
  return problems;
};

/* In continuous integration the pages of several examples lie in one folder, each name behind that of its example. */
const pageOf = (file, name) => file.replace(/search\.html$/, "") + name;

/* --- paper --- */

/* Millimetres of text on a page, upright and lying, in CSS pixels: what sticks out would be cut off or shrunk. */
const TEXT_WIDTHS = [[160, false], [247, true]];

const outsideThePaper = async (page) => {
  await page.emulateMediaType("print");
  const problems = [];
  for (const [millimetres, wide] of TEXT_WIDTHS) {
    const width = Math.round(millimetres / 25.4 * 96);
    await page.setViewport({ width, height: 900 });
    problems.push(...await page.evaluate((limit, lying) =>
      [...document.querySelectorAll("main *, .contents *, .control *")]
        .filter((e) => !!e.closest(".wide") === lying && !e.closest(".unseen") && e.getBoundingClientRect().right > limit + 1)
        .slice(0, 3)
        .map((e) => `${e.tagName.toLowerCase()} sticks ${Math.round(e.getBoundingClientRect().right - limit)} px out: ${e.textContent.trim().slice(0, 40)}`),
      width, wide));
  }
  await page.emulateMediaType(null);
  await page.setViewport({ width: 1280, height: 900 });
  return problems;
};

/* Running heads are on every page but the cover; a filtered table prints as it is shown, and says so. */
const printed = async (page, file, folder, options) => {
  const expected = await page.evaluate(() => {
    const table = document.querySelector("table.long:not(.huge)");
    const id = (row) => row.querySelector("th.id, td").textContent.trim();
    const input = document.querySelector(".tools input");
    const lastIds = [...document.querySelectorAll("table.long tr > th.id")].slice(-1).map((cell) => cell.textContent.trim());
    const facts = { title: document.querySelector("h1").textContent, cover: !!document.querySelector("header.cover"), lastIds };
    if (!table) return facts;
    input.value = id(table.querySelector("tbody tr:not(.group)"));
    input.dispatchEvent(new Event("input"));
    return { ...facts, lastIds: [], note: document.querySelector(".filtered").textContent };
  });
  const pdf = join(options.shots ?? folder, basename(file, ".html") + ".pdf");
  writeFileSync(pdf, await page.pdf({ preferCSSPageSize: true, tagged: true, timeout: 180000 }));
  const pages = (await execFile("pdftotext", ["-layout", pdf, "-"], { maxBuffer: 1 << 28 })).stdout.split("\f").slice(0, -1);
  const info = (await execFile("pdfinfo", [pdf])).stdout;
  const squeezed = (text) => text.replace(/\s+/g, " ");
  const problems = [];
  pages.forEach((text, i) => {
    const flat = squeezed(text);
    const numbered = flat.includes(` ${i + 1} `) && flat.trim().endsWith(String(pages.length));
    if (i === 0 && expected.cover) return;
    if (!flat.includes(squeezed(expected.title))) problems.push(`page ${i + 1} has no running head`);
    if (!numbered) problems.push(`page ${i + 1} does not say "${i + 1} of ${pages.length}"`);
  });
  if (!/Tagged:\s+yes/.test(info)) problems.push("not tagged");
  const all = pages.join(" ");
  expected.lastIds.filter((id) => !all.includes(id)).forEach((id) => problems.push(`row ${id} is not printed`));
  const bare = (text) => text.replace(/\s+/g, "");
  if (expected.note !== undefined && (!expected.note || !bare(all).includes(bare(expected.note)))) problems.push(`paper does not say that rows are left out: ${expected.note}`);
  return problems;
};

/* --- main --- */

const options = parseArguments(process.argv.slice(2));
if (!options.modules || options.files.length === 0) {
  console.error("usage: html_check.mjs --modules NODE_MODULES [--chromium PATH] [--shots DIR] FILE.html...");
  process.exit(2);
}
const modules = resolve(options.modules);
const require = createRequire(join(modules, "any.js"));
const puppeteer = (await import(pathToFileURL(require.resolve("puppeteer-core")).href)).default;
const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const jar = join(modules, "vnu-jar", "build", "dist", "vnu.jar");
const folder = mkdtempSync(join(tmpdir(), "html-check-"));
if (options.shots) mkdirSync(options.shots, { recursive: true });
const validity = validate(jar, options.files);
validity.catch(() => {}); // each check of a page tells it
options.files.forEach((file) => said.set(file, []));

/*
 * Pages of single records are many and alike. All are asked for what they request and say, for ids, links and width;
 * accessibility and paper of each kind are looked at in the shortest, the longest and every twentieth.
 */
const kindOf = (file, text) => (text.includes('<dl class="facts">') ? "" : basename(file).split("-").slice(0, 2).join("-"));
const looksThrough = (files) => {
  const kinds = new Map();
  files.forEach((file) => {
    const text = readFileSync(file, "utf8");
    const kind = kindOf(file, text);
    if (!kinds.has(kind)) kinds.set(kind, []);
    kinds.get(kind).push({ file, size: text.length });
  });
  const chosen = [...kinds].flatMap(([kind, list]) => {
    const bySize = list.sort((a, b) => a.size - b.size);
    return kind === "" ? list : bySize.filter((_, i) => i % 20 === 0 || i === bySize.length - 1);
  });
  return new Set(chosen.map(({ file }) => file));
};
const thoroughly = looksThrough(options.files);

const look = async (browser, file) => {
  const thorough = thoroughly.has(file);
  if (options.records === "some" && !thorough) {
    await check(file, "validity", async () => (await validity).get(file));
    return;
  }
  const bare = await withoutScript(browser, file);
  await check(file, "without script", async () => bare.problems);
  const opened = await open(browser, file, { width: 1280, scheme: "light" });
  const { page, seen } = opened;
  await check(file, "with script", () => sameText(page, bare.text));
  await onScreen(file, opened, axeSource, options, thorough);
  await check(file, "sorting and filtering", () => longTables(page));
  if (await page.evaluate(() => !!document.getElementById("_pages"))) await check(file, "search", () => search(page, file));
  if (thorough) {
    await check(file, "paper width", () => outsideThePaper(page));
    await check(file, "print", () => printed(page, file, folder, options));
  }
  await check(file, "requests and console", async () => quiet(seen));
  await page.close();
  await check(file, "validity", async () => (await validity).get(file));
};

const waiting = [...options.files];
const worker = async (number) => {
  const browser = await puppeteer.launch({
    executablePath: options.chromium, headless: true, args: CHROMIUM_FLAGS, userDataDir: join(folder, `profile-${number}`),
    protocolTimeout: 300000,
  });
  while (waiting.length) await look(browser, waiting.shift());
  await browser.close();
};
await Promise.all(Array.from({ length: Number(options.jobs) }, (_, number) => worker(number)));
said.forEach((lines) => lines.forEach((line) => console.log(line)));
rmSync(folder, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
