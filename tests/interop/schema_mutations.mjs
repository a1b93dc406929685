// SPDX-License-Identifier: MIT
// Does ismsc read schema/isms.schema.json as a JSON Schema validator does? Takes a valid ISMS, changes it in many ways, and
// compares for each change what ajv says with what `ismsc check` says. ismsc calls a document invalid when it reports a
// finding whose rule starts with S-; references and the rules of the standard are none of ajv's business. Nor is S-08, a record
// whose title is missing where the schema does not require one: what a catalogue says of it is not in the document.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { firstError, loadLibraries, readJson, readOptions, wholeSchema } from './lib/tools.mjs';
import { uniteSources, writeYaml } from './lib/sources.mjs';
import { mutations, thin } from './lib/mutations.mjs';

const USAGE = `usage: node schema_mutations.mjs --isms DIR --build DIR --modules DIR [--only TEXT] [--schema FILE]
  --isms     an ISMS without schema findings, for instance examples/northwind
  --build    where \`make tests\` has put the programs: tests/rules, which checks many documents in one process, and ismsc,
             which is asked about some of them as well and must say the same
  --modules  a folder with ajv, ajv-formats and js-yaml
  --only     only the mutations whose description contains TEXT, for instance "risks."`;

const here = import.meta.dirname;
const options = readOptions(USAGE, {
  isms: undefined,
  build: undefined,
  modules: undefined,
  only: '',
  schema: path.join(here, '../../schema/isms.schema.json'),
});
const { yaml, compile } = loadLibraries(options.modules);
const schema = readJson(options.schema);
const validIsms = compile(wholeSchema(schema));
const validOutput = compile(readJson(path.join(path.dirname(options.schema), 'findings.schema.json')));
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ismsc-mutations-'));
const tally = { passed: 0, failed: 0 };

/* What `ismsc check --format json` says about each document and its exit status, from one process: [{ status, output }]. */
function askTogether(documents) {
  const parts = [];
  for (const document of documents) {
    const bytes = Buffer.from(writeYaml(document));
    parts.push(Buffer.from(`case\nfile ${bytes.length} isms.yaml\n`), bytes, Buffer.from('end\n'));
  }
  const run = spawnSync(path.join(options.build, 'tests/rules'), ['--json'], { input: Buffer.concat(parts), maxBuffer: 1 << 30 });
  const why = run.error?.message ?? `tests/rules: exit status ${run.status ?? run.signal}: ${run.stderr.toString().trim()}`;
  const answers = [];
  for (let rest = run.stdout ?? Buffer.alloc(0); answers.length < documents.length;) {
    const end = rest.indexOf('\n');
    const [, status, length] = /^said (\d+) (\d+)$/.exec(rest.subarray(0, Math.max(end, 0)).toString()) ?? [];
    if (status === undefined) return documents.map((_, i) => answers[i] ?? { status: 2, output: why });
    answers.push({ status: Number(status), output: rest.subarray(end + 1, end + 1 + Number(length)).toString() });
    rest = rest.subarray(end + 1 + Number(length));
  }
  return run.status === 0 ? answers : documents.map(() => ({ status: 2, output: why }));
}

function askProgram(document) {
  fs.writeFileSync(path.join(folder, 'isms.yaml'), writeYaml(document));
  const run = spawnSync(path.join(options.build, 'ismsc'), ['check', '--format', 'json', '--as-of', '2026-11-21', '-C', folder],
    { encoding: 'utf8', maxBuffer: 1 << 28 });
  return { status: run.status, output: run.stdout };
}

/* What an answer makes of a document: { valid, why }, or { broken } when it is none. */
function understood({ status, output }) {
  if (status !== 0 && status !== 1) return { broken: output };
  let report;
  try {
    report = JSON.parse(output);
  } catch (error) {
    return { broken: `output is no JSON: ${error.message}` };
  }
  if (!validOutput(report)) return { broken: `output breaks findings.schema.json: ${firstError(validOutput)}` };
  const finding = report.findings.find(({ rule }) => rule.startsWith('S-') && rule !== 'S-08');
  return { valid: !finding, why: finding ? `${finding.rule} ${finding.message}` : '' };
}

function judge(what, problem) {
  if (problem) {
    tally.failed += 1;
    console.log(`${what}: ${problem}`);
  } else {
    tally.passed += 1;
  }
}

/* [cases]: { what, document, expected, why }, the last two being what ajv says. */
function compare(cases) {
  const verdict = (valid, why) => (valid ? 'valid' : `invalid (${why})`);
  const answers = askTogether(cases.map(({ document }) => document));
  cases.forEach(({ what, expected, why }, i) => {
    const actual = understood(answers[i]);
    judge(what, actual.valid !== expected && `ajv ${verdict(expected, why)}, ismsc ${actual.broken ?? verdict(actual.valid, actual.why)}`);
  });
  const [alone, first] = [askProgram(cases[0].document), answers[0]];
  judge(`${cases[0].what}, the program`, (alone.status !== first.status || alone.output !== first.output) && `it says something else than tests/rules: ${alone.output}`);
}

const TOGETHER = 100;
let waiting = [];
function add(what, document) {
  const expected = validIsms(document);
  waiting.push({ what, document, expected, why: firstError(validIsms) });
  if (waiting.length === TOGETHER) finish();
}
function finish() {
  if (waiting.length) compare(waiting);
  waiting = [];
}

try {
  const whole = uniteSources(yaml, options.isms);
  if (!validIsms(whole)) throw new Error(`${options.isms} is not valid itself: ${firstError(validIsms)}`);
  add('unchanged', whole);
  const small = thin(schema, whole, 2);
  add('thinned out', small);
  for (const { what, document } of mutations(schema, small)) {
    if (what.includes(options.only)) add(what, document);
  }
  finish();
} catch (error) {
  tally.failed += 1;
  console.log(error.message);
} finally {
  fs.rmSync(folder, { recursive: true });
}
console.log(`${tally.passed} passed, ${tally.failed} failed`);
process.exitCode = tally.failed ? 1 : 0;
