import { identityNumber } from '../kernel/identity-number.js';
import { townships, type SampleDivision } from './divisions.js';
import { oneOf, pick } from './random.js';

/** A generated person. Nobody real: names, dates and numbers come from a counter; only the places exist.
 *  Every subgraph's sample data asks this by index, so that the same person is the same everywhere. */
export interface SamplePerson {
  readonly index: number;
  readonly idNumber: string;
  readonly name: string;
  readonly sex: 'MALE' | 'FEMALE';
  /** `YYYY-MM-DD` */
  readonly birthDate: string;
  readonly role: 'HEAD' | 'SPOUSE' | 'CHILD' | 'PARENT';
  readonly household: number;
  readonly township: SampleDivision;
}

const SURNAMES = [
  ...'王李张刘陈杨黄赵周吴徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢',
];
const GIVEN = [...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰梅春雪峰飞鹏辉宁欣怡子涵浩宇梓萱雨桐思远嘉文博'];
/** Sizes of ten households in turn: 26 persons. */
const SIZES = [3, 2, 4, 1, 3, 2, 5, 2, 3, 1];
const FIRST_OF = SIZES.map((_, at) => SIZES.slice(0, at).reduce((sum, size) => sum + size, 0));
const ROUND = SIZES.reduce((sum, size) => sum + size, 0);
const PER_TOWNSHIP = 25;
const DAY = 86_400_000;

/** Birth days of a role: the first, and how many. The ranges do not overlap, so that numbers never meet. */
const BORN = {
  PARENT: { from: Date.UTC(1935, 0, 1), days: 7000 },
  ADULT: { from: Date.UTC(1962, 0, 1), days: 13000 },
  CHILD: { from: Date.UTC(2000, 0, 1), days: 9000 },
};

/** Person `index`, counted from 0. */
export function samplePerson(index: number): SamplePerson {
  const round = Math.floor(index / ROUND);
  const inRound = index % ROUND;
  let at = SIZES.length - 1;
  while (FIRST_OF[at]! > inRound) at--;
  const household = round * SIZES.length + at;
  const member = inRound - FIRST_OF[at]!;
  const township = townshipOf(household);
  const headIsMale = pick(1, household, 100) < 60;
  const role = (['HEAD', 'SPOUSE', 'CHILD', 'CHILD', 'PARENT'] as const)[member]!;
  const male = role === 'HEAD' ? headIsMale : role === 'SPOUSE' ? !headIsMale : pick(2, index, 2) === 0;
  const { from, days } = BORN[role === 'PARENT' ? 'PARENT' : role === 'CHILD' ? 'CHILD' : 'ADULT'];
  // A walk through all (day, sequence) pairs that meets none twice: 7919 is prime and no factor of the number of pairs.
  const serial = (household * 2 + (member === 1 || member === 3 ? 1 : 0)) * 7919 + 1;
  const birth = new Date(from + (serial % days) * DAY).toISOString().slice(0, 10);
  const sequence = ((Math.floor(serial / days) % 499) + 1) * 2 - (male ? 1 : 0);
  const surname = oneOf(SURNAMES, 3, role === 'SPOUSE' ? household + 500_009 : household);
  const given = oneOf(GIVEN, 4, index) + (pick(5, index, 4) > 0 ? oneOf(GIVEN, 6, index) : '');
  return {
    index,
    idNumber: identityNumber(township.code.slice(0, 6), birth.replaceAll('-', ''), sequence),
    name: surname + given,
    sex: male ? 'MALE' : 'FEMALE',
    birthDate: birth,
    role,
    household,
    township,
  };
}

/** Households fill one township after another, then start again; the first townships are the demo's. */
function townshipOf(household: number): SampleDivision {
  const all = townships();
  return all[Math.floor(household / PER_TOWNSHIP) % all.length]!;
}

/** A telephone number in a range that carriers do not hand out. */
export const samplePhone = (index: number): string =>
  `142${String(10_000_000 + index * 7)
    .padStart(8, '0')
    .slice(-8)}`;
