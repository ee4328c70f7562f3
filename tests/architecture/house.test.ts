import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const ROOT = process.cwd();
const CODE = ['cli', 'gateway', 'shared', 'subgraphs', 'worker'];

describe('the house', () => {
  it('has nothing at the top that is not on its plan', () => {
    const planned = new Set([
      ...[
        'subgraphs',
        'gateway',
        'worker',
        'schema',
        'shared',
        'tests',
        'cli',
        'bench',
        'docs',
        'portal',
        'packages',
        'examples',
      ],
      ...['package.json', 'package-lock.json', 'tsconfig.json', 'supergraph.yaml', 'README.md', 'README.zh.md'],
      ...['CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md', 'LICENSE'],
      ...['jest.config.js', 'eslint.config.js', 'knip.json', 'dist', 'node_modules', 'coverage'],
    ]);
    const unplanned = readdirSync(ROOT).filter((name) => !name.startsWith('.') && !planned.has(name));
    expect(unplanned).toEqual([]);
  });

  it('reads the environment only where the configuration is checked', () => {
    const readers = sources().filter((file) => basename(file) !== 'config.ts' && /process\.env/.test(read(file)));
    expect(readers).toEqual([]);
  });

  it('gives every department the same folder', () => {
    for (const name of subgraphs()) {
      const missing = ['README.md', 'index.ts', 'permissions.ts', 'mikro-orm.config.ts', 'migrations', 'seed'].filter(
        (part) => !existsSync(join(ROOT, 'subgraphs', name, part)),
      );
      expect({ name, missing }).toEqual({ name, missing: [] });
    }
  });

  it('lists every department in supergraph.yaml, and commits what it publishes', () => {
    const list = read('supergraph.yaml');
    for (const name of subgraphs()) {
      expect(list).toMatch(new RegExp(`^\\s+${name}:`, 'm'));
      expect(existsSync(join(ROOT, 'schema', 'subgraphs', `${name}.graphql`))).toBe(true);
    }
  });

  it('has one lock file, which names no download address', () => {
    expect(read('package-lock.json')).not.toMatch(/"resolved"|https?:\/\/registry/);
  });

  it('keeps names that say nothing out of its files', () => {
    const vague = sources().filter((file) => /(manager|helper|util|info)s?\.ts$/.test(file));
    expect(vague).toEqual([]);
  });

  it('has no file that is too long to be read at once', () => {
    const long = sources().filter((file) => !file.includes('/migrations/') && read(file).split('\n').length > 320);
    expect(long).toEqual([]);
  });
});

const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

/** Folders of departments; `declared` serves those that have none. */
function subgraphs(): string[] {
  const folder = join(ROOT, 'subgraphs');
  return readdirSync(folder).filter(
    (name) => !['declared', 'libraries'].includes(name) && statSync(join(folder, name)).isDirectory(),
  );
}

function sources(): string[] {
  return CODE.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => relative(ROOT, join(entry.parentPath, entry.name))),
  );
}
