// SPDX-License-Identifier: MIT
// Is schema/ sound in itself? The schemas are JSON Schemas, our own keywords in them agree with each other, the catalogues
// and rules have the shape they claim, and the examples are valid.
import fs from 'node:fs';
import path from 'node:path';
import { loadLibraries, readJson, readOptions, wholeSchema } from './lib/tools.mjs';
import { readYaml, uniteSources } from './lib/sources.mjs';
import { documentHeads } from './lib/markdown.mjs';

const USAGE = `usage: node schema_consistency.mjs --modules DIR [--root DIR]
  --modules  a folder with ajv, ajv-formats and js-yaml
  --root     the repository`;
const TYPES = ['text', 'markdown', 'date', 'period', 'boolean', 'integer', 'number', 'id', 'enum', 'map'];
const TONES = ['good', 'warning', 'bad', 'neutral'];
const COUNTS = { 'controls-2022.yaml': 93, 'controls-2013.yaml': 114, 'document_types.yaml': 98, 'clauses.yaml': 41 };

const options = readOptions(USAGE, { modules: undefined, root: path.join(import.meta.dirname, '../..') });
const { yaml, compile } = loadLibraries(options.modules);
const inRoot = (...parts) => path.join(options.root, ...parts);
const schema = readJson(inRoot('schema/isms.schema.json'));
const definitions = schema.definitions;
const kinds = Object.fromEntries(Object.entries(definitions).filter(([, definition]) => definition['x-kind']));
const tally = { passed: 0, failed: 0 };

function check(condition, problem) {
  tally[condition ? 'passed' : 'failed'] += 1;
  if (!condition) console.log(problem);
  return condition;
}

function checkValid(validate, document, name) {
  if (check(validate(document), `${name} is not valid`)) return;
  for (const { instancePath, message, params } of validate.errors) console.log(`  ${instancePath || '/'} ${message} ${JSON.stringify(params)}`);
}

function filesIn(folder, ending) {
  return fs.existsSync(folder) ? fs.readdirSync(folder).filter((name) => name.endsWith(ending)).sort() : [];
}

function definitionOf(node) {
  return definitions[node.$ref?.split('/').at(-1)];
}

/* Every property that stands in the schema, as { where, node }; items of lists are met as such. */
function* properties(owner, where) {
  for (const [key, node] of Object.entries({ ...owner.properties, ...owner['x-computed'] })) {
    yield { where: `${where}.${key}`, node, described: true };
    for (let item = node.items; item; item = item.items) yield { where: `${where}.${key}`, node: item };
  }
}

/* The collections: kind -> where it stands. */
function collections() {
  const found = {};
  const owners = [schema, { properties: schema['x-catalogue-collections'] }, ...Object.values(kinds)];
  for (const owner of owners) {
    for (const [key, node] of Object.entries(owner.properties)) if (node['x-collection']) found[node['x-collection']] = key;
  }
  return found;
}

function checkNode({ where, node, described }) {
  if (described) check(node.description, `${where} has no description`);
  if (node.$ref) check(definitionOf(node), `${where} refers to ${node.$ref}, which does not exist`);
  if (node['x-type']) check(TYPES.includes(node['x-type']), `${where} has the unknown type ${node['x-type']}`);
  for (const [word, tone] of Object.entries(node['x-tone'] ?? {})) check(node.enum.includes(word) && TONES.includes(tone), `${where}: tone of ${word}`);
  for (const pair of Object.entries(node['x-synonyms'] ?? {})) check(pair.every((word) => node.enum.includes(word)), `${where}: synonym ${pair[0]}`);
  if (node['x-tone']) check(node.enum.length === Object.keys(node['x-tone']).length, `${where}: not every word has a tone`);
  for (const word of node['x-null'] ?? []) check(node.enum.includes(word), `${where}: ${word} is not allowed`);
}

function checkKind(name, kind, collectionOf) {
  check(kind['x-kind'] === name || name === 'front_matter', `${name} calls itself ${kind['x-kind']}`);
  check(kind.additionalProperties === false && kind.patternProperties['^x-'], `${name} does not keep x- keys apart from unknown ones`);
  check(kind['x-title'] === undefined || kind['x-title'] in kind.properties, `${name}: no field ${kind['x-title']} to name it in print`);
  for (const key of kind.required ?? []) check(key in kind.properties, `${name}: ${key} is required and unknown`);
  for (const key of Object.keys(kind['x-computed'] ?? {})) check(!(key in kind.properties), `${name}.${key} is both written and computed`);
  for (const property of properties(kind, name)) {
    checkNode(property);
    for (const target of property.node['x-ref'] ?? []) check(collectionOf[target], `${property.where} refers to ${target}, which has no collection`);
  }
}

/* Inverse names must be free on the target, and collect records of one kind. */
function checkInverses(name, owner, sources) {
  for (const { where, node } of properties(owner, name)) {
    for (const target of node['x-inverse'] ? node['x-ref'].filter((each) => kinds[each]) : []) {
      const inverse = `${target}.${node['x-inverse']}`;
      const taken = { ...kinds[target].properties, ...kinds[target]['x-computed'] };
      check(!(node['x-inverse'] in taken), `${where}: ${inverse} is a field already`);
      sources[inverse] ??= name;
      check(sources[inverse] === name, `${where}: ${inverse} already collects ${sources[inverse]} records`);
    }
    const nested = definitionOf(node);
    if (nested?.['x-kind']) checkInverses(name, nested, sources);
  }
}

function checkDefaults() {
  for (const node of Object.values(schema.properties).filter((each) => each['x-defaults-from'])) {
    const source = schema['x-catalogue-collections'][node['x-defaults-from']];
    check(source, `defaults from ${node['x-defaults-from']}, which is no catalogue`);
    for (const [key, field] of Object.entries(kinds[node['x-collection']].properties)) {
      const from = field['x-default-from'];
      check(!from || from in kinds[source['x-collection']].properties, `${key} takes its default from ${from}, which does not exist`);
    }
  }
  const { document, front_matter: frontMatter } = kinds;
  // Front matter becomes the document, which says who may see what.
  const described = (node) => JSON.stringify(node, (name, value) => (name === 'x-audience' ? undefined : value));
  for (const [key, node] of Object.entries(document.properties)) {
    check(described(frontMatter.properties[key]) === described(node), `front_matter.${key} differs from document.${key}`);
  }
}

/* A catalogue may write what users may not: computed fields, and collections that are catalogues only. */
function catalogueSchema() {
  const copy = structuredClone(schema);
  Object.assign(copy.properties, copy['x-catalogue-collections']);
  for (const definition of Object.values(copy.definitions)) if (definition['x-kind']) Object.assign(definition.properties, definition['x-computed']);
  return copy;
}

function checkCatalogues() {
  const validate = compile(catalogueSchema());
  const read = {};
  for (const name of filesIn(inRoot('schema/catalogue'), '.yaml')) {
    read[name] = readYaml(yaml, fs.readFileSync(inRoot('schema/catalogue', name), 'utf8'));
    checkValid(validate, read[name], name);
    const count = Object.keys(Object.values(read[name])[0]).length;
    check(count === (COUNTS[name] ?? count), `${name} has ${count} records instead of ${COUNTS[name]}`);
  }
  const { controls } = read['controls-2022.yaml'];
  const { controls: old } = read['controls-2013.yaml'];
  const { clauses } = read['clauses.yaml'];
  const types = read['document_types.yaml'].document_types;
  for (const [id, control] of Object.entries(controls)) for (const each of control.supersedes ?? []) check(old[each].becomes.includes(id), `${id} supersedes ${each}, but not the other way round`);
  for (const [id, control] of Object.entries(old)) for (const each of control.becomes) check(controls[each].supersedes.includes(id), `${id} becomes ${each}, but not the other way round`);
  for (const [id, clause] of Object.entries(clauses)) for (const each of clause.documents ?? []) check(types[each], `clause ${id} names ${each}, which does not exist`);
  for (const [id, type] of Object.entries(types)) {
    for (const each of type.controls ?? []) check(controls[each], `${id} names ${each}, which does not exist`);
    for (const each of type.clauses ?? []) check(clauses[each.split(' ')[0]], `${id} names clause ${each}, which does not exist`);
    check(!type.filled_by || schema.properties[type.filled_by], `${id} is filled by ${type.filled_by}, which does not exist`);
  }
}

function checkRules() {
  const validate = compile(readJson(inRoot('schema/rules.schema.json')));
  const seen = new Set();
  for (const name of filesIn(inRoot('schema/rules'), '.yaml')) {
    const rules = readYaml(yaml, fs.readFileSync(inRoot('schema/rules', name), 'utf8'));
    checkValid(validate, rules, name);
    for (const { id } of Array.isArray(rules) ? rules : []) {
      check(!seen.has(id), `${name}: rule ${id} exists already`);
      seen.add(id);
    }
  }
}

function checkExamples() {
  const validate = compile(wholeSchema(schema));
  const validateHead = compile({ definitions, allOf: [{ $ref: '#/definitions/front_matter' }] });
  for (const name of filesIn(inRoot('examples'), '')) {
    const folder = inRoot('examples', name);
    if (!fs.existsSync(path.join(folder, 'isms.yaml'))) continue;
    checkValid(validate, uniteSources(yaml, folder), `examples/${name}`);
    for (const { file, head } of documentHeads(yaml, folder)) checkValid(validateHead, head, `examples/${name}/${file}`);
  }
}

for (const name of filesIn(inRoot('schema'), '.schema.json')) {
  const others = name === 'isms.schema.json' ? {} : { 'isms.schema.json': schema };
  compile(readJson(inRoot('schema', name)), others);
}
const collectionOf = collections();
const sources = {};
for (const property of properties(schema, 'root')) checkNode(property);
for (const [name, kind] of Object.entries(kinds)) checkKind(name, kind, collectionOf);
for (const name of Object.keys(collectionOf)) checkInverses(name, kinds[name], sources);
checkDefaults();
checkCatalogues();
checkRules();
checkExamples();
console.log(`${tally.passed} passed, ${tally.failed} failed`);
process.exitCode = tally.failed ? 1 : 0;
