import { divisions, townships } from '../../../shared/sample/divisions.js';
import { organisationCount, sampleEnterprise } from '../../../shared/sample/organisation.js';
import { oneOf, pick } from '../../../shared/sample/random.js';
import type { Seed } from '../../../shared/subgraph/index.js';

const USES = ['CULTIVATED', 'RESIDENTIAL', 'COMMERCIAL', 'INDUSTRIAL', 'PUBLIC'];
const PLACES = [
  ['SCHOOL', '小学'],
  ['HOSPITAL', '卫生院'],
  ['PARK', '公园'],
  ['ROAD', '中路'],
  ['SHELTER', '应急避难场所'],
] as const;

/** The real divisions; parcels held by generated enterprises; places with made-up positions. */
export const seed: Seed = {
  table: 'division',
  async fill(insert, { residents, progress }) {
    const columns = { code: 'text', name: 'text', level: 'text', full_name: 'text', parent_code: 'text' } as const;
    await insert('division', columns, divisionRows());
    progress(`geography: ${divisions().length} divisions`);
    await insert(
      'parcel',
      {
        parcel_number: 'text',
        division_code: 'text',
        land_use: 'text',
        area: 'int4',
        location: 'text',
        boundary: 'text',
        holder_code: 'text',
        assessed_value: 'float8',
      },
      parcelRows(organisationCount('enterprise', residents)),
    );
    await insert(
      'place',
      {
        place_code: 'text',
        name: 'text',
        kind: 'text',
        division_code: 'text',
        longitude: 'float8',
        latitude: 'float8',
      },
      placeRows(Math.min(Math.ceil(residents / 20), townships().length)),
    );
  },
};

function* divisionRows() {
  for (const { code, name, level, fullName, parent } of divisions())
    yield [code, name, level, fullName, parent ?? null];
}

/** One parcel an enterprise. */
function* parcelRows(count: number) {
  for (let index = 0; index < count; index++) {
    const { township, creditCode } = sampleEnterprise(index);
    const [longitude, latitude] = position(index);
    const area = 200 + pick(41, index, 80_000);
    const corners = [0, 1, 2, 3, 0].map((at) => {
      const [east, north] = [at === 1 || at === 2 ? 0.001 : 0, at >= 2 ? 0.001 : 0];
      return `${(longitude + east).toFixed(6)} ${(latitude + north).toFixed(6)}`;
    });
    yield [
      `${township.code}GB${String(index).padStart(8, '0')}`,
      township.code,
      oneOf(USES, 42, index),
      area,
      `${township.fullName}${pick(43, index, 300) + 1}号`,
      `POLYGON ((${corners.join(', ')}))`,
      creditCode,
      area * (3_000 + pick(44, index, 30_000)),
    ];
  }
}

function* placeRows(count: number) {
  for (let index = 0; index < count; index++) {
    const township = townships()[index]!;
    const [kind, suffix] = PLACES[index % PLACES.length]!;
    const [longitude, latitude] = position(index + 1_000_000);
    const name = township.name.replace(/(街道|镇|乡)$/, '') + suffix;
    yield [`${township.code}${String(index).padStart(6, '0')}`, name, kind, township.code, longitude, latitude];
  }
}

/** A made-up position within the country's extent; not where the place is. */
const position = (index: number): [number, number] => [
  100 + pick(45, index, 2_000_000) / 100_000,
  24 + pick(46, index, 1_600_000) / 100_000,
];
