#!/usr/bin/env node
// SPDX-License-Identifier: MIT
/*
 * How fast large pages answer in a browser.
 *
 *   bench/pages.mjs --modules NODE_MODULES [--ismsc build/ismsc] [--risks 10000] [--chromium PATH] [--keep DIR]
 *
 * Makes an ISMS with generate.py, builds its pages, and types into the filter of the register and into the search: for
 * each key the time from the key to the laid out page, as the clock has it and as the page's thread worked. Then sizes:
 * every page over 2 MB. Nothing here is a test: a slow machine fails nothing.
 * node_modules holds puppeteer-core.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const options = { ismsc: join(here, "../build/ismsc"), risks: "10000", chromium: "/usr/bin/chromium" };
for (let i = 2; i < process.argv.length; i += 2) options[process.argv[i].slice(2)] = process.argv[i + 1];
if (!options.modules) {
  console.error("usage: pages.mjs --modules NODE_MODULES [--ismsc PROGRAM] [--risks N] [--chromium PATH] [--keep DIR]");
  process.exit(2);
}
const puppeteer = (await import(pathToFileURL(createRequire(join(resolve(options.modules), "any.js")).resolve("puppeteer-core")).href)).default;
const folder = options.keep ? resolve(options.keep) : mkdtempSync(join(tmpdir(), "ismsc-pages-"));
const pages = join(folder, "pages");
execFileSync("python3", [join(here, "generate.py"), "--risks", options.risks, join(folder, "isms")]);
execFileSync(resolve(options.ismsc), ["build", "-C", join(folder, "isms"), "--as-of", "2026-11-21", "--to", "html", "--out", pages]);

const browser = await puppeteer.launch({ executablePath: options.chromium, headless: true, args: ["--no-sandbox", "--disable-gpu"], protocolTimeout: 600000 });
const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];
const shown = (list) => `${median(list).toFixed(0)} ms, at most ${Math.max(...list).toFixed(0)} ms`;

/* Each beginning of the words is a key; after the last one the field is emptied. */
const type = async (file, field, words) => {
  const page = await browser.newPage();
  const session = await page.createCDPSession();
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const worked = async () => (await session.send("Performance.getMetrics")).metrics.find(({ name }) => name === "TaskDuration").value * 1000;
  const start = performance.now();
  await page.goto(pathToFileURL(join(pages, file)).href, { timeout: 300000 });
  await page.waitForFunction((input) => document.querySelector(input) && !document.querySelector("[aria-busy=true]"), { timeout: 60000 }, field);
  console.log(`${file}: ${(statSync(join(pages, file)).size / 1e6).toFixed(1)} MB, there after ${((performance.now() - start) / 1000).toFixed(1)} s`);
  await page.$eval(field, (input) => input.scrollIntoView());
  const keys = words.flatMap((word) => [...[...word].map((_, i) => word.slice(0, i + 1)), ""]);
  const [clock, thread] = [[], []];
  for (const key of keys) {
    const before = await worked();
    clock.push(await page.$eval(field, (input, text) => {
      input.value = text;
      const from = performance.now();
      input.dispatchEvent(new Event("input"));
      document.body.getBoundingClientRect();
      return performance.now() - from;
    }, key));
    thread.push((await worked()) - before);
  }
  console.log(`  ${keys.length} keys: ${shown(clock)} by the clock; ${shown(thread)} of the page's thread`);
  await page.close();
};

const number = "R-" + String(Number(options.risks) >> 1).padStart(5, "0");
await type("risk-assessment-report.html", "#_filter-1", ["backup", "zurich mail", number]);
await type("search.html", "#_search", ["backup", "zurich mail", number, "a.8.9"]);
await browser.close();
for (const file of readdirSync(pages)) {
  const size = statSync(join(pages, file)).size;
  if (size > 2e6) console.log(`${file}: ${(size / 1e6).toFixed(1)} MB`);
}
if (!options.keep) rmSync(folder, { recursive: true, force: true });
