import { organisationCount, sampleEnterprise, sampleInstitution } from '../../../shared/sample/organisation.js';
import { samplePerson } from '../../../shared/sample/person.js';
import { pick } from '../../../shared/sample/random.js';
import type { Seed } from '../../../shared/subgraph/index.js';
import type { HolderKind } from '../holder/holder.js';

/** Generated certificates: half of the adults hold one, every organisation one or two. */
export const seed: Seed = {
  table: 'certificate',
  async fill(insert, { residents, progress }) {
    const count = await insert(
      'certificate',
      {
        certificate_number: 'text',
        kind: 'text',
        issuer: 'text',
        issued_on: 'date',
        valid_until: 'date',
        status: 'text',
        division_code: 'text',
        holder_kind: 'text',
        holder_identifier: 'text',
        holder_name: 'text',
        seal_serial: 'text',
      },
      certificateRows(residents),
    );
    progress(`licence: ${count} certificates`);
  },
};

interface Holder {
  readonly kind: HolderKind;
  readonly identifier: string;
  readonly name: string;
  readonly division: string;
  readonly salt: number;
}

function* certificateRows(residents: number) {
  for (let index = 0; index < residents; index++) {
    if (pick(61, index, 2) === 0) continue;
    const person = samplePerson(index);
    if (person.role === 'CHILD') continue;
    const holder = { identifier: person.idNumber, name: person.name, division: person.township.code, salt: index };
    const kind = (['DRIVING', 'RESIDENCE', 'MARRIAGE'] as const)[pick(62, index, 3)]!;
    const issuer = kind === 'MARRIAGE' ? '民政局' : '公安局';
    yield certificate({ ...holder, kind: 'RESIDENT' }, kind, issuer, kind === 'MARRIAGE' ? undefined : 10);
  }
  for (let index = 0; index < organisationCount('enterprise', residents); index++) {
    const { creditCode, name, township } = sampleEnterprise(index);
    const holder = { identifier: creditCode, name, division: township.code, salt: index + 3_000_000 };
    yield certificate({ ...holder, kind: 'ENTERPRISE' }, 'BUSINESS', '市场监督管理局', undefined);
    if (/食品|餐饮/.test(name)) yield certificate({ ...holder, kind: 'ENTERPRISE' }, 'FOOD_TRADE', '市场监督管理局', 5);
  }
  for (let index = 0; index < organisationCount('institution', residents); index++) {
    const { creditCode, name, township } = sampleInstitution(index);
    const holder = { identifier: creditCode, name, division: township.code, salt: index + 4_000_000 };
    yield certificate({ ...holder, kind: 'INSTITUTION' }, 'INSTITUTION', '机构编制委员会办公室', 5);
  }
}

/** @param years  how long it is valid; undefined without limit */
function certificate(holder: Holder, kind: string, issuer: string, years: number | undefined) {
  const issued = new Date(Date.UTC(2012, 0, 1 + pick(63, holder.salt, 4_500)));
  const until = years && new Date(Date.UTC(issued.getUTCFullYear() + years, issued.getUTCMonth(), issued.getUTCDate()));
  const revoked = pick(64, holder.salt, 50) === 0;
  return [
    `${kind.slice(0, 2)}${holder.division.slice(0, 6)}${String(holder.salt).padStart(8, '0')}`,
    kind,
    issuer,
    isoDate(issued),
    until ? isoDate(until) : null,
    revoked ? 'REVOKED' : until && until < SAMPLE_DAY ? 'EXPIRED' : 'VALID',
    holder.division,
    holder.kind,
    holder.identifier,
    holder.name,
    `SEAL${String(pick(65, holder.salt, 2 ** 31)).padStart(10, '0')}`,
  ];
}

/** The day that generated states are as of, so that they come out the same on every day. */
const SAMPLE_DAY = new Date('2025-01-01');
const isoDate = (date: Date): string => date.toISOString().slice(0, 10);
