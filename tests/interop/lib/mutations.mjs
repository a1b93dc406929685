// SPDX-License-Identifier: MIT
// Mutations of an ISMS, derived from the schema: for each thing the schema allows, a few values that it refuses and one that
// it allows. The same schema and document always give the same mutations in the same order.
import { isMap } from './sources.mjs';

const A_MAP = { some: 'thing' };
const A_LIST = ['something'];

/* For each x-type: what is refused, and what is allowed. Maps and lists are tried everywhere, see scalarValues(). */
const BAD = {
  text: [],
  markdown: [],
  date: ['2026-02-30', '2026-13-01', '31.03.2026', '2026-3-1', 'soon', '2026-03-31T10:00:00', ''],
  period: ['12', 'twelve months', '0 days', '1 week', '12months', '-1 year', ''],
  boolean: ['maybe', '1', 'YES', 'on', ''],
  integer: ['3.5', 'three', '1e3', '0x10', '+3', ''],
  number: ['2,5', 'half', '.5', '1e3', ''],
  id: ['has space', '-leading', '\u00e4ther', 'semi;colon', ''],
};
const GOOD = {
  text: ['1.10', 'NO', 'two\nlines', '- # : "quoted"', 'Zo\u00eb \u6771\u4eac'],
  markdown: ['A *text*\n\n- with\n- a list'],
  date: ['2024-02-29', '2026-12-31'],
  period: ['1 day', '90 days', '2 years'],
  boolean: ['true', 'no'],
  integer: ['0', '12'],
  number: ['2.5', '3'],
  id: ['NO-SUCH:record_1.x'],
};
const SMALLEST = { text: 'x', markdown: 'x', date: '2026-01-31', period: '12 months', boolean: 'yes', integer: '1', number: '1', id: 'NEW-1' };

/** The document with at most `count` records in a collection and items in a list: small enough to be checked a thousand times. */
export function thin(schema, document, count) {
  return thinned(schema, schema, document, count);
}

function thinned(schema, unresolved, value, count) {
  const node = resolve(schema, unresolved);
  if (Array.isArray(value)) return value.slice(0, count).map((item) => thinned(schema, node.items, item, count));
  if (!isMap(value)) return value;
  const kept = Object.entries(value).slice(0, node['x-collection'] ? count : undefined);
  const inside = (key) => node.properties?.[key] ?? (node['x-collection'] ? node.additionalProperties : {});
  return Object.fromEntries(kept.map(([key, item]) => [key, thinned(schema, inside(key), item, count)]));
}

function resolve(schema, node) {
  return node?.$ref ? resolve(schema, schema.definitions[node.$ref.split('/').at(-1)]) : node ?? {};
}

/** All mutations of document: { what, document } each. */
export function* mutations(schema, document) {
  yield* new Mutator(schema, document).whole();
}

class Mutator {
  constructor(schema, document) {
    this.schema = schema;
    this.document = document;
    this.turn = {}; // x-type -> how many values of it were met, so that all bad values get their turn
  }

  * whole() {
    const root = { ...this.schema, required: this.schema['x-required'] };
    yield* this.object(root, []);
  }

  /* One thing of the schema: steps lead to it, each a key and the schema of what lies there. */
  * visit(node, steps) {
    node = this.resolve(node);
    if (node['x-type'] === 'map') yield* this.map(steps);
    else if (node['x-type']) yield* this.scalar(node, steps);
    else if (node.type === 'array') yield* this.list(node, steps);
    else if (node['x-collection']) yield* this.collection(node, steps);
    else yield* this.object(node, steps, true);
  }

  * object(node, steps, replaceable = false) {
    if (replaceable) {
      yield this.put(steps, 'text', 'text for an object');
      yield this.put(steps, A_LIST, 'a list for an object');
    }
    const inside = (key) => [...steps, { key, node: {} }];
    yield this.put(inside('zz_unknown'), 'x', 'an unknown key');
    yield this.put(inside('x-note'), { any: ['thing'] }, 'a key that starts with x-');
    for (const key of node.required ?? []) yield this.drop([...steps, { key, node: node.properties[key] }]);
    for (const [key, property] of Object.entries(node.properties)) yield* this.visit(property, [...steps, { key, node: property }]);
  }

  * collection(node, steps) {
    yield this.put(steps, 'text', 'text for a collection');
    yield this.put(steps, A_LIST, 'a list for a collection');
    yield this.put(steps, [{ id: 'NEW-1' }], 'a list of records for a collection');
    yield this.put(steps, {}, 'an empty collection');
    const record = node.additionalProperties;
    const id = this.firstKey(steps) ?? `NEW-${node['x-collection']}`;
    for (const bad of this.turns('id', BAD.id, 2)) {
      yield this.put([...steps, { key: bad, node: record }], this.smallest(record), 'an id with forbidden characters');
    }
    yield* this.visit(record, [...steps, { key: id, node: record }]);
  }

  * list(node, steps) {
    yield this.put(steps, 'text', 'text for a list');
    yield this.put(steps, A_MAP, 'a map for a list');
    yield this.put(steps, [], 'an empty list');
    yield* this.visit(node.items, [...steps, { key: 0, node: node.items }]);
  }

  * map(steps) {
    yield this.put(steps, 'text', 'text for a map');
    yield this.put(steps, A_LIST, 'a list for a map');
    yield this.put(steps, { some: A_LIST }, 'a list in a map of texts');
    yield this.put(steps, {}, 'an empty map');
  }

  * scalar(node, steps) {
    const type = node['x-type'];
    const bad = type === 'enum' ? this.wrongWords(node) : BAD[type];
    const good = type === 'enum' ? [this.allowedWord(node)] : (node['x-null'] ?? GOOD[type]);
    yield this.put(steps, this.turns('container', [A_MAP, A_LIST], 1)[0], `no scalar for ${type}`);
    for (const value of this.turns(type, bad, 2)) yield this.put(steps, value, `${JSON.stringify(value)} for ${type}`);
    for (const value of this.turns(`good ${type}`, good, 1)) yield this.put(steps, value, `${JSON.stringify(value)} for ${type}`);
  }

  wrongWords(node) {
    const words = node.enum.map(String);
    return ['no_such_word', words[0].toUpperCase(), ''].filter((word) => !words.includes(word));
  }

  allowedWord(node) {
    return Object.keys(node['x-synonyms'] ?? {})[0] ?? String(node.enum[0]);
  }

  /* The next `count` values of a list, starting where the last call for the same name ended. */
  turns(name, values, count) {
    const start = this.turn[name] ?? 0;
    this.turn[name] = start + count;
    return Array.from({ length: Math.min(count, values.length) }, (_, i) => values[(start + i) % values.length]);
  }

  put(steps, value, what) {
    return this.change(steps, what, (parent, key) => { parent[key] = value; });
  }

  drop(steps) {
    return this.change(steps, 'missing', (parent, key) => { delete parent[key]; });
  }

  /* A copy of the document with the place that steps lead to changed; what is missing on the way there is made. */
  change(steps, what, edit) {
    const document = structuredClone(this.document);
    let parent = document;
    for (const { key, node } of steps.slice(0, -1)) {
      parent[key] ??= this.smallest(node);
      parent = parent[key];
    }
    edit(parent, steps.at(-1).key);
    return { what: `${steps.map((step) => step.key).join('.')}: ${what}`, document };
  }

  /* The smallest value the schema allows. */
  smallest(node) {
    node = this.resolve(node);
    if (node['x-type'] === 'map') return {};
    if (node['x-type'] === 'enum') return this.allowedWord(node);
    if (node['x-type']) return SMALLEST[node['x-type']];
    if (node.type === 'array') return [];
    return Object.fromEntries((node.required ?? []).map((key) => [key, this.smallest(node.properties[key])]));
  }

  firstKey(steps) {
    const value = steps.reduce((at, step) => at?.[step.key], this.document);
    return isMap(value) ? Object.keys(value)[0] : undefined;
  }

  resolve(node) {
    return resolve(this.schema, node);
  }
}
