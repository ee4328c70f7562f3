import { organisationCount, sampleEnterprise } from '../../../shared/sample/organisation.js';
import { samplePerson, type SamplePerson } from '../../../shared/sample/person.js';
import { oneOf, pick } from '../../../shared/sample/random.js';
import type { Seed } from '../../../shared/subgraph/index.js';

const HARDSHIPS = ['重大疾病', '残疾', '失业', '单亲家庭'];

/** Everybody has medical insurance, adults pension insurance, one resident in forty a living allowance. */
export const seed: Seed = {
  table: 'medical_insurance',
  async fill(insert, { residents, progress }) {
    await insert(
      'medical_insurance',
      {
        card_number: 'text',
        insured_id_number: 'text',
        scheme: 'text',
        status: 'text',
        division_code: 'text',
        account_balance: 'int4',
        chronic_disease: 'bool',
      },
      of(residents, medicalInsurance),
    );
    progress(`social-security: ${residents} medical insurances`);
    const enterprises = organisationCount('enterprise', residents);
    await insert(
      'pension_insurance',
      {
        insurance_number: 'text',
        insured_id_number: 'text',
        status: 'text',
        division_code: 'text',
        insured_since: 'date',
        months_paid: 'int4',
        employer_code: 'text',
        account_balance: 'int4',
      },
      of(residents, (person) => pensionInsurance(person, enterprises)),
    );
    await insert(
      'living_allowance',
      {
        case_number: 'text',
        recipient_id_number: 'text',
        status: 'text',
        division_code: 'text',
        since: 'date',
        monthly_amount: 'int4',
        hardship: 'text',
      },
      of(residents, livingAllowance),
    );
  },
};

function* of(residents: number, row: (person: SamplePerson) => readonly unknown[] | undefined) {
  for (let index = 0; index < residents; index++) {
    const made = row(samplePerson(index));
    if (made) yield made;
  }
}

function medicalInsurance({ index, idNumber, role, township }: SamplePerson) {
  const employed = role !== 'CHILD' && pick(71, index, 3) > 0;
  return [
    `M${township.code.slice(0, 6)}${String(index).padStart(9, '0')}`,
    idNumber,
    employed ? 'EMPLOYEE' : 'RESIDENT',
    pick(72, index, 25) === 0 ? 'SUSPENDED' : 'ACTIVE',
    township.code,
    employed ? pick(73, index, 30_000) : 0,
    pick(74, index, 12) === 0,
  ];
}

function pensionInsurance({ index, idNumber, role, township }: SamplePerson, enterprises: number) {
  if (role === 'CHILD' || pick(75, index, 5) === 0) return undefined;
  const year = 2000 + pick(76, index, 24);
  const employed = enterprises > 0 && role !== 'PARENT';
  return [
    `P${township.code.slice(0, 6)}${String(index).padStart(9, '0')}`,
    idNumber,
    role === 'PARENT' ? 'ENDED' : pick(77, index, 15) === 0 ? 'SUSPENDED' : 'ACTIVE',
    township.code,
    `${year}-07-01`,
    (2024 - year) * 12 + pick(78, index, 12),
    employed ? sampleEnterprise(pick(79, index, enterprises)).creditCode : null,
    pick(80, index, 180_000),
  ];
}

function livingAllowance({ index, idNumber, township }: SamplePerson) {
  if (pick(81, index, 40) !== 0) return undefined;
  return [
    `D${township.code.slice(0, 6)}${String(index).padStart(9, '0')}`,
    idNumber,
    'ACTIVE',
    township.code,
    `20${String(15 + pick(82, index, 10)).padStart(2, '0')}-01-01`,
    600 + pick(83, index, 800),
    oneOf(HARDSHIPS, 84, index),
  ];
}
