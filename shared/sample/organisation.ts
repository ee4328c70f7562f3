import { creditCode } from '../kernel/credit-code.js';
import type { SampleDivision } from './divisions.js';
import { samplePerson, type SamplePerson } from './person.js';
import { oneOf } from './random.js';

/** A generated enterprise or public institution; nobody's. Its legal representative is a generated person. */
export interface SampleOrganisation {
  readonly index: number;
  readonly creditCode: string;
  readonly name: string;
  readonly township: SampleDivision;
  readonly legalRepresentative: string;
}

/** One organisation of each kind a so many residents. */
const RESIDENTS_PER = { enterprise: 10, institution: 100 } as const;

/** Number of organisations for a number of residents. */
export const organisationCount = (kind: keyof typeof RESIDENTS_PER, residents: number): number =>
  Math.floor(residents / RESIDENTS_PER[kind]);

const TRADES = [
  '智能科技',
  '数字信息',
  '建筑工程',
  '食品',
  '纺织',
  '物流',
  '环保设备',
  '医药',
  '农业开发',
  '文化传媒',
  '餐饮管理',
  '电子商务',
];
const SYLLABLES = [...'华瑞恒泰信达盛宏远鼎嘉润博创联诚安康祥裕丰隆兴茂'];
const INSTITUTIONS = ['中心小学', '第一中学', '社区卫生服务中心', '图书馆', '文化馆', '幼儿园'];

/** Enterprise `index`, counted from 0. */
export const sampleEnterprise = (index: number): SampleOrganisation =>
  organisation(index, '91', RESIDENTS_PER.enterprise, (place) => {
    const word = oneOf(SYLLABLES, 21, index) + oneOf(SYLLABLES, 22, index) + oneOf(SYLLABLES, 23, index);
    return `${city(place)}${word}${oneOf(TRADES, 24, index)}有限公司`;
  });

/** Public institution `index`, counted from 0. */
export const sampleInstitution = (index: number): SampleOrganisation =>
  organisation(index, '12', RESIDENTS_PER.institution, (place) => place.fullName + oneOf(INSTITUTIONS, 25, index));

function organisation(
  index: number,
  kind: '91' | '12',
  every: number,
  name: (place: SampleDivision) => string,
): SampleOrganisation {
  const { township, idNumber } = adultFrom(index * every);
  const serial = `${kind === '91' ? 'MA' : 'MB'}${index.toString().padStart(6, '0')}`;
  return {
    index,
    creditCode: creditCode(kind, township.code.slice(0, 6), serial),
    name: name(township),
    township,
    legalRepresentative: idNumber,
  };
}

/** The city, or for a city that is a province the province: what enterprises carry in front of their names. */
const city = ({ fullName }: SampleDivision): string =>
  /^(?:.+?(?:省|自治区))?(.+?(?:市|州|盟|地区))/.exec(fullName)?.[1] ?? fullName.slice(0, 3);

/** The first head or spouse at or before a person; a household's first member always is one. */
function adultFrom(index: number): SamplePerson {
  const person = samplePerson(index);
  return person.role === 'HEAD' || person.role === 'SPOUSE' ? person : adultFrom(index - 1);
}
