// SPDX-License-Identifier: MIT
// The Markdown documents of an ISMS: files with a head between two lines of three hyphens.
import fs from 'node:fs';
import path from 'node:path';
import { readYaml } from './sources.mjs';

/** Heads of the Markdown files under root that have an id, as { file, head }. */
export function documentHeads(yaml, root) {
  return fs.readdirSync(root, { recursive: true })
    .filter((file) => file.endsWith('.md') && !file.split(path.sep).some((part) => part.startsWith('.') || part.startsWith('brand') || ['build', 'templates'].includes(part)))
    .sort()
    .map((file) => ({ file, head: head(yaml, fs.readFileSync(path.join(root, file), 'utf8')) }))
    .filter(({ head }) => head?.id !== undefined);
}

function head(yaml, text) {
  const match = /^---\r?\n([^]*?)\r?\n---\r?\n/.exec(text);
  return match && readYaml(yaml, match[1]);
}
