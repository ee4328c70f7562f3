import { readdir, readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HubError } from '../../../shared/kernel/index.js';
import { say } from '../../request/messages/index.js';

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.ttf': 'font/ttf',
  '.txt': 'text/plain; charset=utf-8',
};

/** Folders with a page's built files, relative to the compiled gateway and to its source. */
const foldersOf = (page: string): readonly string[] =>
  [`../../../${page}`, `../../../dist/${page}`].map((path) => fileURLToPath(new URL(path, import.meta.url)));

export interface PageAssets {
  /** Changes with every build; part of every file's address, so that browsers may keep files for good. */
  readonly version: string;
  readonly files: ReadonlyMap<string, Buffer>;
}

/** Reads a bundled page when it is first asked for; what is not in its folder at that time is never served.
 *  @param page  name of its folder in dist/
 *  @returns     gives its files; throws HubError NOT_READY when it has not been built */
export function openPageAssets(page: string): () => Promise<PageAssets> {
  let assets: Promise<PageAssets> | undefined;
  return () => (assets ??= readPageAssets(page).catch((error) => ((assets = undefined), Promise.reject(error))));
}

async function readPageAssets(page: string): Promise<PageAssets> {
  for (const folder of foldersOf(page)) {
    const version = await readFile(join(folder, 'stamp'), 'utf8').catch(() => undefined);
    if (version === undefined) continue;
    const names = (await readdir(folder)).filter((name) => extname(name) in TYPES || name.endsWith('.gz'));
    const files = await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name))] as const));
    return { version, files: new Map(files) };
  }
  throw new HubError('NOT_READY', say('page.notBuilt'));
}

/** Answers with one file of the page, compressed where the browser takes it.
 *  @param path  `VERSION/NAME`
 *  @throws HubError NOT_FOUND */
export function sendAsset(assets: PageAssets, path: string, request: IncomingMessage, response: ServerResponse): void {
  const [version, name = '', rest] = path.split('/');
  const plain = assets.files.get(name);
  const type = TYPES[extname(name)];
  if (version !== assets.version || rest !== undefined || !plain || !type) {
    throw new HubError('NOT_FOUND', say('page.noFile'));
  }
  const gzip = /\bgzip\b/.test(String(request.headers['accept-encoding'])) ? assets.files.get(`${name}.gz`) : undefined;
  const body = gzip ?? plain;
  response.writeHead(200, {
    'content-type': type,
    'content-length': body.length,
    ...(gzip && { 'content-encoding': 'gzip' }),
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
    vary: 'accept-encoding',
  });
  response.end(body);
}
