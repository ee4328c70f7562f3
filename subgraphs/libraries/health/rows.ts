import { samplePhone } from '../../../shared/sample/person.js';
import { oneOf, pick } from '../../../shared/sample/random.js';
import { everyPerson, sampleCounties, sampleDay, sampleNumber, type SampleRows } from '../sample/rows.js';

const GRADES = [
  ['TERTIARY', '人民医院', 900],
  ['SECONDARY', '中医院', 350],
  ['PRIMARY', '康复医院', 80],
  ['COMMUNITY', '社区卫生服务中心', 20],
] as const;
const DISEASES = ['NONE', 'NONE', 'NONE', 'NONE', 'NONE', 'HYPERTENSION', 'HYPERTENSION', 'DIABETES', 'HEART'] as const;

/** Four institutions a county; one resident in four has contracted a family doctor. */
export const rows: SampleRows = {
  *MedicalInstitution() {
    for (const [at, { code, name }] of sampleCounties().entries())
      for (const [grade, [code_, kind, beds]] of GRADES.entries()) {
        const index = at * GRADES.length + grade;
        yield {
          ...{ registrationNumber: registration(code, grade), name: `${name}${kind}`, division: code, grade: code_ },
          ...{ beds, freeBeds: pick(141, index, Math.ceil(beds / 5)), onDutyPhone: samplePhone(9_400_000 + index) },
          reserveStock: 200 + pick(142, index, 800),
        };
      }
  },
  *HealthRecord(residents) {
    const counties = sampleCounties();
    for (const { index, idNumber, role, birthDate, township } of everyPerson(residents, 4)) {
      const county = counties.find(({ code }) => township.code.startsWith(code)) ?? counties[0]!;
      yield {
        recordNumber: sampleNumber('JK', township.code, index),
        ...{ idNumber, division: township.code, contractedOn: sampleDay(143, index, '2021-01-01', 1_600) },
        institutionNumber: registration(county.code, 3),
        vaccinated: role !== 'CHILD' || birthDate < '2018' || pick(144, index, 5) > 0,
        lastCheckOn: sampleDay(145, index, '2024-01-01', 600),
        chronicDisease: role === 'CHILD' ? 'NONE' : oneOf(DISEASES, 146, index),
      };
    }
  },
};

const registration = (division: string, grade: number): string => `PDY${division}${String(grade + 1).padStart(4, '0')}`;
