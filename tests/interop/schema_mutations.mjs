// SPDX-License-Identifier: MIT
// Does ismsc read schema/isms.schema.json as a JSON Schema validator does? Takes a valid ISMS, changes it in many ways, and
// compares for each change what ajv says with what `ismsc check` says. ismsc calls a document invalid when it reports a
// finding whose rule starts with S-; references and the rules of the standard are none of ajv's business.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { firstError, loadLibraries, readJson, readOptions, wholeSchema } from './lib/tools.mjs';
import { uniteSources, writeYaml } from './lib/sources.mjs';
import { mutations, thin } from './lib/mutations.mjs';

const USAGE = `usage: node schema_mutations.mjs --isms DIR --ismsc PROGRAM --modules DIR [--only TEXT] [--schema FILE] [--as-of DATE]
  --isms     an ISMS without schema findings, for instance examples/northwind
  --ismsc    the program under test
  --modules  a folder with ajv, ajv-formats and js-yaml
  --only     only the mutations whose description contains TEXT, for instance "risks."`;

const here = import.meta.dirname;
const options = readOptions(USAGE, {
  isms: undefined,
  ismsc: undefined,
  modules: undefined,
  only: '',
  schema: path.join(here, '../../schema/isms.schema.json'),
  'as-of': '2026-11-21',
});
const { yaml, compile } = loadLibraries(options.modules);
const schema = readJson(options.schema);
const validIsms = compile(wholeSchema(schema));
const validOutput = compile(readJson(path.join(path.dirname(options.schema), 'findings.schema.json')));
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ismsc-mutations-'));
const tally = { passed: 0, failed: 0 };

/* What ismsc says about a document: { valid, why }, or { broken } when it could not do its job. */
function askIsmsc(document) {
  fs.writeFileSync(path.join(folder, 'isms.yaml'), writeYaml(document));
  const run = spawnSync(options.ismsc, ['check', '--format', 'json', '--as-of', options['as-of'], '-C', folder], { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (run.error) return { broken: run.error.message };
  if (run.status !== 0 && run.status !== 1) return { broken: `exit status ${run.status ?? run.signal}: ${run.stderr.trim()}` };
  let output;
  try {
    output = JSON.parse(run.stdout);
  } catch (error) {
    return { broken: `output is no JSON: ${error.message}` };
  }
  if (!validOutput(output)) return { broken: `output breaks findings.schema.json: ${firstError(validOutput)}` };
  const finding = output.findings.find(({ rule }) => rule.startsWith('S-'));
  return { valid: !finding, why: finding ? `${finding.rule} ${finding.message}` : '' };
}

function compare(what, document) {
  const expected = validIsms(document);
  const actual = askIsmsc(document);
  if (actual.valid === expected) {
    tally.passed += 1;
    return;
  }
  tally.failed += 1;
  const verdict = (valid, why) => (valid ? 'valid' : `invalid (${why})`);
  console.log(`${what}: ajv ${verdict(expected, firstError(validIsms))}, ismsc ${actual.broken ?? verdict(actual.valid, actual.why)}`);
}

try {
  const whole = uniteSources(yaml, options.isms);
  if (!validIsms(whole)) throw new Error(`${options.isms} is not valid itself: ${firstError(validIsms)}`);
  compare('unchanged', whole);
  const small = thin(schema, whole, 2);
  compare('thinned out', small);
  for (const { what, document } of mutations(schema, small)) {
    if (what.includes(options.only)) compare(what, document);
  }
} catch (error) {
  tally.failed += 1;
  console.log(error.message);
} finally {
  fs.rmSync(folder, { recursive: true });
}
console.log(`${tally.passed} passed, ${tally.failed} failed`);
process.exitCode = tally.failed ? 1 : 0;
