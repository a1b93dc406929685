// SPDX-License-Identifier: MIT
/*
 * Asks programs that are not ours about generated pages: the Nu validator (HTML and CSS, warnings count), a real
 * browser, and axe for accessibility, in light and dark, wide and narrow, with and without script, on screen and on paper.
 *
 *   node tests/interop/html_check.mjs --modules /path/to/node_modules [--chromium PATH] [--shots DIR] [--jobs N] FILE.html...
 *
 * node_modules holds vnu-jar, axe-core and puppeteer-core; java, pdftotext and pdfinfo are on the PATH.
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
/* The dark scheme changes nothing but colours, so these are all that can differ in it. */
const AXE_COLOURS = { type: "rule", values: ["color-contrast", "link-in-text-block"] };
const WIDTHS = [1280, 320];
const SCHEMES = ["light", "dark"];
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

const sidewaysScroll = (page) => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

const axeProblems = async (page, axeSource, scheme) => {
  await page.evaluate(axeSource);
  const violations = await page.evaluate(async (rules) => (await axe.run({ runOnly: rules, resultTypes: ["violations"] })).violations,
    scheme === "light" ? AXE_TAGS : AXE_COLOURS);
  return violations.flatMap((v) =>
    v.nodes.slice(0, 3).map((node) => `${v.id}: ${node.target.join(" ")}: ${node.failureSummary.replace(/\s+/g, " ")}`));
};

const onScreen = async (browser, file, axeSource, options) => {
  for (const scheme of SCHEMES)
    for (const width of WIDTHS) {
      const { page, seen } = await open(browser, file, { width, scheme });
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
      await check(file, `accessibility, ${where}`, () => axeProblems(page, axeSource, scheme));
      await check(file, `requests and console, ${where}`, async () => quiet(seen));
      await page.close();
    }
};

/* --- the script is an extra --- */

/* textContent, because innerText of tens of thousands of cells takes seconds */
const mainText = (page) =>
  page.evaluate(() => document.querySelector("main").textContent.replace(/\s+/g, " ").trim());

const withoutScript = async (browser, file) => {
  const small = await open(browser, file, { width: 320, scheme: "light", script: false });
  const over = await sidewaysScroll(small.page);
  await small.page.close();
  const { page, seen } = await open(browser, file, { width: 1280, scheme: "light", script: false });
  const facts = await page.evaluate(() => ({
    rows: document.querySelectorAll("main tr").length,
    hidden: document.querySelectorAll("main [hidden]").length,
    tools: document.querySelectorAll(".tools, th button").length,
  }));
  const bare = await mainText(page);
  await page.close();
  const full = await open(browser, file, { width: 1280, scheme: "light" });
  const rows = await full.page.evaluate(() => document.querySelectorAll("main tr").length);
  await full.page.evaluate(() => document.querySelectorAll(".tools").forEach((tools) => tools.remove()));
  const scripted = await mainText(full.page);
  await full.page.close();
  return [
    ...quiet(seen),
    ...(over > 0 ? [`${over} px wider than a window of 320`] : []),
    ...(facts.hidden ? [`${facts.hidden} hidden elements`] : []),
    ...(facts.tools ? [`${facts.tools} tools that do nothing`] : []),
    ...(facts.rows !== rows ? [`${facts.rows} rows without script, ${rows} with it`] : []),
    ...(bare !== scripted ? ["the text differs with and without script"] : []),
  ];
};

const longTables = async (browser, file) => {
  const { page, seen } = await open(browser, file, { width: 1280, scheme: "light" });
  const problems = await page.evaluate(() => [...document.querySelectorAll("table.long")].flatMap((table, i) => {
    const found = [];
    const body = [...table.tBodies].find((one) => one.rows.length > 2);
    const input = document.querySelectorAll(".tools input")[i];
    const output = document.querySelectorAll(".tools output")[i];
    const rows = [...table.querySelectorAll("tbody tr:not(.group)")];
    const first = rows[0].cells[0].textContent;
    const order = () => [...body.rows].map((row) => row.textContent).join("|");
    const before = order();
    const button = table.tHead.querySelector("button");
    for (const direction of ["ascending", "descending", "none"]) {
      button.click();
      if (button.closest("th").getAttribute("aria-sort") !== direction) found.push(`aria-sort is not ${direction}`);
    }
    if (order() !== before) found.push("a third click does not bring the order back");
    const filter = (text) => { input.value = text; input.dispatchEvent(new Event("input")); };
    filter("no row has this");
    if (rows.some((row) => !row.hidden)) found.push("filtering for what is nowhere leaves rows");
    filter(first);
    const words = first.toLowerCase().split(/\s+/).filter(Boolean);
    const fits = (row) => words.every((word) => row.textContent.toLowerCase().includes(word));
    if (rows[0].hidden || rows.some((row) => row.hidden === fits(row))) found.push(`filtering for ${first} does not work`);
    if (!output.textContent.includes(String(rows.filter((row) => !row.hidden).length))) found.push("the count is wrong");
    filter("");
    if (rows.some((row) => row.hidden)) found.push("an emptied filter still hides rows");
    return found;
  }));
  await page.close();
  return [...problems, ...quiet(seen)];
};

const ids = async (browser, file) => {
  const { page } = await open(browser, file, { width: 1280, scheme: "light", script: false });
  const problems = await page.evaluate(() => {
    const seen = new Set();
    const twice = [...document.querySelectorAll("[id]")].filter((e) => seen.has(e.id) || !seen.add(e.id)).map((e) => `id twice: ${e.id}`);
    const dead = [...document.querySelectorAll("a[href^='#']")].map((a) => decodeURIComponent(a.getAttribute("href").slice(1)))
      .filter((id) => !seen.has(id)).map((id) => `link to nothing: #${id}`);
    const styled = [...document.querySelectorAll("[style]")].map(() => "style attribute");
    const unseen = [...document.images].filter((image) => !image.naturalWidth).map((image) => `a picture is not shown: ${image.alt}`);
    return [...twice, ...dead, ...styled, ...unseen].slice(0, 5);
  });
  await page.close();
  return problems;
};

/* --- paper --- */

/* Millimetres of text on a page, upright and lying, in CSS pixels: what sticks out would be cut off or shrunk. */
const TEXT_WIDTHS = [[160, false], [247, true]];

const outsideThePaper = async (browser, file) => {
  const { page } = await open(browser, file, { width: 1280, scheme: "light" });
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
  await page.close();
  return problems;
};

/* Running heads are on every page but the cover; a filtered table prints whole. */
const printed = async (browser, file, folder, options) => {
  const { page } = await open(browser, file, { width: 1280, scheme: "dark" });
  const expected = await page.evaluate(() => {
    const input = document.querySelector(".tools input");
    if (input) {
      input.value = "no row has this";
      input.dispatchEvent(new Event("input"));
    }
    const lastIds = [...document.querySelectorAll("table.long tr > th.id")].slice(-1).map((cell) => cell.textContent.trim());
    return { title: document.querySelector("h1").textContent, cover: !!document.querySelector("header.cover"), lastIds };
  });
  const pdf = join(options.shots ?? folder, basename(file, ".html") + ".pdf");
  writeFileSync(pdf, await page.pdf({ preferCSSPageSize: true, tagged: true, timeout: 180000 }));
  await page.close();
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

const look = async (browser, file) => {
  await check(file, "ids and links", () => ids(browser, file));
  await check(file, "without script", () => withoutScript(browser, file));
  await check(file, "sorting and filtering", () => longTables(browser, file));
  await onScreen(browser, file, axeSource, options);
  await check(file, "paper width", () => outsideThePaper(browser, file));
  await check(file, "print", () => printed(browser, file, folder, options));
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
