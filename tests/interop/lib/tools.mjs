// SPDX-License-Identifier: MIT
// What the interoperability tests share: their options, the libraries they are given, and a JSON Schema validator.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';

/** Options from the command line; those without a default are required. */
export function readOptions(usage, defaults) {
  const options = Object.fromEntries(Object.entries(defaults).map(([name, value]) => [name, value === undefined ? { type: 'string' } : { type: 'string', default: value }]));
  try {
    const { values } = parseArgs({ options });
    const missing = Object.keys(defaults).filter((name) => values[name] === undefined);
    if (missing.length === 0) return values;
    console.error(`missing: ${missing.map((name) => `--${name}`).join(' ')}`);
  } catch (error) {
    console.error(error.message);
  }
  console.error(usage);
  process.exit(2);
}

/** ajv, ajv-formats and js-yaml from a folder where `npm install` put them. */
export function loadLibraries(folder) {
  const require = createRequire(path.resolve(folder, 'any.js'));
  const Ajv = require('ajv').default;
  const addFormats = require('ajv-formats').default;
  return {
    yaml: require('js-yaml'),
    /* A validator for a schema; strict mode is off because our own keywords start with x-. others: { name: schema } it refers to. */
    compile(schema, others = {}) {
      const ajv = new Ajv({ strict: false });
      addFormats(ajv);
      for (const [name, other] of Object.entries(others)) ajv.addSchema(other, name);
      return ajv.compile(schema);
    },
  };
}

export function readJson(file) {
  return JSON.parse(fs.readFileSync(file, 'utf8'));
}

/** The schema of a whole ISMS: what files may leave to each other is required of the whole. */
export function wholeSchema(schema) {
  return { ...schema, required: schema['x-required'] };
}

/** The first error of a validator in one line. */
export function firstError(validate) {
  const error = validate.errors?.[0];
  return error ? `${error.instancePath || '/'} ${error.message}` : '';
}
