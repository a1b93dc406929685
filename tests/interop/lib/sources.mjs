// SPDX-License-Identifier: MIT
// The sources of an ISMS as plain data: every scalar is a string, because the schema and never the look decides its type.
import fs from 'node:fs';
import path from 'node:path';

/** Reads one YAML text as maps, lists and strings. */
export function readYaml(yaml, text) {
  return yaml.load(text, { schema: yaml.FAILSAFE_SCHEMA }) ?? {};
}

/** The YAML files that belong to the ISMS under root, sorted. */
export function yamlFiles(root) {
  const ignored = (name) => name.startsWith('.') || name.startsWith('brand') || ['build', 'templates', 'rules'].includes(name);
  return fs.readdirSync(root, { withFileTypes: true })
    .filter((entry) => !ignored(entry.name))
    .flatMap((entry) => {
      const file = path.join(root, entry.name);
      if (entry.isDirectory()) return yamlFiles(file);
      return entry.name.endsWith('.yaml') ? [file] : [];
    })
    .sort();
}

/** All sources under root as one document: equal keys of different files are united. */
export function uniteSources(yaml, root) {
  const whole = {};
  for (const file of yamlFiles(root)) unite(whole, readYaml(yaml, fs.readFileSync(file, 'utf8')), path.relative(root, file), '');
  return whole;
}

function unite(into, from, file, where) {
  for (const [key, value] of Object.entries(from)) {
    if (!(key in into)) into[key] = value;
    else if (isMap(into[key]) && isMap(value)) unite(into[key], value, file, `${where}${key}.`);
    else throw new Error(`${file}: ${where}${key} is defined twice`);
  }
}

export function isMap(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Writes a document in block style; scalars are plain where that is safe and double-quoted otherwise. */
export function writeYaml(document) {
  return block(document, 0).join('\n') + '\n';
}

function block(value, depth) {
  const indent = '  '.repeat(depth);
  if (Array.isArray(value)) return value.flatMap((item) => entry(`${indent}-`, item, depth));
  return Object.entries(value).flatMap(([key, item]) => entry(`${indent}${scalar(key)}:`, item, depth));
}

function entry(head, value, depth) {
  if (typeof value === 'string') return [`${head} ${scalar(value)}`];
  if (Object.keys(value).length === 0) return [`${head} ${Array.isArray(value) ? '[]' : '{}'}`];
  return [head, ...block(value, depth + 1)];
}

function scalar(text) {
  return /^[A-Za-z0-9](?:[A-Za-z0-9 ._/-]*[A-Za-z0-9._/-])?$/.test(text) ? text : JSON.stringify(text);
}
