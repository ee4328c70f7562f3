import type { Seed } from '../../../shared/subgraph/index.js';
import { pick } from '../../../shared/sample/random.js';
import { samplePerson, samplePhone, type SamplePerson } from '../../../shared/sample/person.js';

/** Generated residents in their households. */
export const seed: Seed = {
  table: 'resident',
  async fill(insert, { residents, progress }) {
    const households: (readonly unknown[])[] = [];
    await insert(
      'resident',
      {
        id_number: 'text',
        name: 'text',
        sex: 'text',
        birth_date: 'date',
        division_code: 'text',
        phone: 'text',
        registered_address: 'text',
        household_role: 'text',
        household_number: 'text',
        annual_income: 'int4',
        criminal_record: 'bool',
      },
      residentRows(residents, households, progress),
    );
    await insert(
      'household',
      { household_number: 'text', division_code: 'text', size: 'int4', head_id_number: 'text', address: 'text' },
      households,
    );
  },
};

function* residentRows(count: number, households: (readonly unknown[])[], progress: (line: string) => void) {
  let head: SamplePerson | undefined;
  let size = 0;
  const closeHousehold = () => {
    if (head) households.push([householdNumber(head), head.township.code, size, head.idNumber, address(head)]);
  };
  for (let index = 0; index < count; index++) {
    const person = samplePerson(index);
    if (person.household !== head?.household) {
      closeHousehold();
      head = person;
      size = 0;
    }
    size += 1;
    if (index > 0 && index % 100_000 === 0) progress(`population: ${index} of ${count} residents`);
    yield [
      person.idNumber,
      person.name,
      person.sex,
      person.birthDate,
      person.township.code,
      person.role === 'CHILD' && person.birthDate > '2015' ? null : samplePhone(index),
      address(person),
      person.role,
      householdNumber(person),
      person.role === 'CHILD' ? null : 12_000 + pick(31, index, 188_000),
      pick(32, index, 200) === 0,
    ];
  }
  closeHousehold();
}

const householdNumber = ({ township, household }: SamplePerson): string =>
  township.code + String(household).padStart(8, '0');

const address = ({ township, household }: SamplePerson): string =>
  `${township.fullName}${pick(33, household, 180) + 1}号${pick(34, household, 30) + 1}幢${pick(35, household, 600) + 101}室`;
