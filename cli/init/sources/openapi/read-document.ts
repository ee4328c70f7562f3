import { basename, extname } from 'node:path';
import { parse } from 'yaml';
import { InitRefusal } from '../../init-refusal.js';
import { comment } from '../../yaml-text.js';
import { readText } from '../read-text.js';
import { isPart, OpenApiDocument, type Part } from './document.js';

const MOST_BYTES = 10_000_000;

/** True for a name of a file that may be an OpenAPI description. */
export const isDescriptionFile = (name: string): boolean =>
  ['.yaml', '.yml', '.json'].includes(extname(name).toLowerCase());

/** Reads an OpenAPI description of version 3 from a file. Nothing else is read, no other file and no network.
 *  @throws InitRefusal SOURCE_UNREADABLE, OPENAPI_UNFIT, REFERENCE_EXTERNAL */
export async function readDocument(file: string): Promise<OpenApiDocument> {
  const name = basename(file);
  const text = await readText(file, MOST_BYTES);
  if (text.trim() === '') throw new InitRefusal('OPENAPI_UNFIT', `${name} is empty.`);
  const root = parseText(text, name);
  if (!isPart(root) || (root['openapi'] === undefined && root['swagger'] === undefined))
    throw new InitRefusal(
      'OPENAPI_UNFIT',
      `${name} is no OpenAPI description: it does not begin with \`openapi: 3.…\`.`,
    );
  const version = String(root['openapi'] ?? root['swagger']);
  if (!/^3\.[01](\.|$)/.test(version))
    throw new InitRefusal(
      'OPENAPI_UNFIT',
      `${name} is of version ${version.slice(0, 20)}. Versions 3.0 and 3.1 are read: convert it first.`,
    );
  refuseExternal(root, name);
  return new OpenApiDocument(root);
}

function parseText(text: string, name: string): unknown {
  try {
    return /^\s*\{/.test(text) ? (JSON.parse(text) as unknown) : parse(text, { logLevel: 'error' });
  } catch (error) {
    const [line = ''] = error instanceof Error ? error.message.split('\n') : [];
    throw new InitRefusal('SOURCE_UNREADABLE', `${name} is neither YAML nor JSON: ${comment(line).slice(0, 200)}`, {
      cause: error,
    });
  }
}

/** @throws InitRefusal REFERENCE_EXTERNAL with the names of the references */
function refuseExternal(root: Part, name: string): void {
  const found = new Set<string>();
  const seen = new Set<unknown>();
  const open: unknown[] = [root];
  while (open.length > 0) {
    const part = open.pop();
    if (typeof part !== 'object' || part === null || seen.has(part)) continue;
    seen.add(part);
    const ref = (part as Part)['$ref'];
    if (typeof ref === 'string' && !ref.startsWith('#')) found.add(ref.split(/[?#]/)[0]!.replace(/\/\/[^/]*@/, '//'));
    for (const [key, value] of Object.entries(part)) if (!/^examples?$/.test(key)) open.push(value);
  }
  if (found.size === 0) return;
  const listed = [...found].slice(0, 10).map((ref) => JSON.stringify(ref.slice(0, 100)));
  throw new InitRefusal(
    'REFERENCE_EXTERNAL',
    `${name} refers to other files, which are not read: ${listed.join(', ')}. Bundle them into one file.`,
  );
}
