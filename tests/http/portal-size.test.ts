import { describe, expect, it } from '@jest/globals';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Bytes that the portal may load, compressed. */
const ENTRY = 300 * 1024;
const PAGE = 160 * 1024;
const dist = join(import.meta.dirname, '..', '..', 'dist');

interface Output {
  readonly entry?: string;
  readonly imports: readonly string[];
}

/** The files that one file loads at once, with itself. */
function loadedBy(name: string, outputs: Readonly<Record<string, Output>>, found = new Set<string>()): Set<string> {
  if (found.has(name)) return found;
  found.add(name);
  for (const each of outputs[name]!.imports) loadedBy(each, outputs, found);
  return found;
}

describe('the built portal', () => {
  it('loads at most 300 kB at its entry and 160 kB more for any page', async () => {
    const outputs = JSON.parse(await readFile(join(dist, 'portal.imports.json'), 'utf8')) as Record<string, Output>;
    const size = async (names: Iterable<string>) => {
      let bytes = 0;
      for (const name of names) bytes += (await stat(join(dist, 'portal', `${name}.gz`))).size;
      return bytes;
    };
    const wordsOf = (name: string) =>
      loadedBy(
        Object.keys(outputs).find((file) => outputs[file]!.entry === `portal/locales/zh/${name}.ts`)!,
        outputs,
      );
    const entry = new Set([...loadedBy('portal.js', outputs), ...wordsOf('index')]);
    expect(await size(entry)).toBeLessThan(ENTRY);

    const pages = Object.entries(outputs).filter(([, each]) => each.entry?.endsWith('-page.tsx'));
    expect(pages.length).toBeGreaterThan(20);
    const sizes = await Promise.all(
      pages.map(async ([name, each]) => {
        const [, feature] = /^portal\/pages\/([a-z-]+)\//.exec(each.entry!)!;
        const loaded = new Set([...loadedBy(name, outputs), ...wordsOf(feature!)]);
        return [each.entry, await size([...loaded].filter((file) => !entry.has(file)))] as const;
      }),
    );
    expect(sizes.filter(([, bytes]) => bytes > PAGE)).toEqual([]);
  });
});
