import { organisationCount, sampleEnterprise, sampleInstitution } from '../../../shared/sample/organisation.js';
import { samplePhone } from '../../../shared/sample/person.js';
import { pick } from '../../../shared/sample/random.js';
import type { Seed } from '../../../shared/subgraph/index.js';

/** Generated enterprises and institutions, one and a tenth to ten residents. */
export const seed: Seed = {
  table: 'enterprise',
  async fill(insert, { residents, progress }) {
    const count = organisationCount('enterprise', residents);
    await insert(
      'enterprise',
      {
        credit_code: 'text',
        licence_number: 'text',
        name: 'text',
        division_code: 'text',
        address: 'text',
        representative_id_number: 'text',
        established_on: 'date',
        status: 'text',
        registered_capital: 'float8',
        phone: 'text',
        annual_revenue: 'float8',
        bank_account: 'text',
      },
      enterpriseRows(count),
    );
    await insert(
      'institution',
      {
        credit_code: 'text',
        name: 'text',
        purpose: 'text',
        division_code: 'text',
        representative_id_number: 'text',
        phone: 'text',
        staffing: 'int4',
      },
      institutionRows(organisationCount('institution', residents)),
    );
    progress(`legal-entity: ${count} enterprises`);
  },
};

function* enterpriseRows(count: number) {
  for (let index = 0; index < count; index++) {
    const { creditCode, name, township, legalRepresentative } = sampleEnterprise(index);
    const status = pick(51, index, 20) === 0 ? 'REVOKED' : pick(52, index, 20) === 0 ? 'CANCELLED' : 'ACTIVE';
    yield [
      creditCode,
      `${township.code.slice(0, 6)}${String(index).padStart(9, '0')}`,
      name,
      township.code,
      `${township.fullName}${pick(53, index, 300) + 1}号`,
      legalRepresentative,
      new Date(Date.UTC(1995, 0, 1 + pick(54, index, 10_900))).toISOString().slice(0, 10),
      status,
      (pick(55, index, 200) + 1) * 10,
      samplePhone(9_000_000 + index),
      pick(56, index, 100_000) / 10,
      `1202${String(index).padStart(15, '0')}`,
    ];
  }
}

function* institutionRows(count: number) {
  for (let index = 0; index < count; index++) {
    const { creditCode, name, township, legalRepresentative } = sampleInstitution(index);
    yield [
      creditCode,
      name,
      `为${township.name}居民提供公共服务`,
      township.code,
      legalRepresentative,
      samplePhone(10_500_000 + index),
      5 + pick(57, index, 200),
    ];
  }
}
