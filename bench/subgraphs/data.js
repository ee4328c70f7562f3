/** Invented records, the same in every run. Nobody in them exists. */
const COUNTIES = 60;
const RESIDENTS = 10_000;
const ENTERPRISES_EACH = 2;
const CERTIFICATES_EACH = 3;
const LICENCES_EACH = 2;

const pad = (number, width) => String(number).padStart(width, '0');
const county = (seed) => pad(((seed * 37) % COUNTIES) + 1, 6);
const numberOf = (id) => Number(id.slice(1));
const within = (number, count) => Number.isInteger(number) && number >= 1 && number <= count;

export function division(code) {
  const number = Number(code);
  if (number === 0) return { code: '000000', name: 'Province', level: 1, parent: null };
  if (!within(number, COUNTIES)) return null;
  return { code, name: `County ${number}`, level: 3, parent: () => division('000000') };
}

export function resident(idNumber) {
  const number = numberOf(idNumber);
  if (!within(number, RESIDENTS)) return null;
  return {
    idNumber,
    name: `Resident ${number}`,
    gender: number % 2 ? 'F' : 'M',
    birthDate: `${1940 + (number % 70)}-0${1 + (number % 9)}-1${number % 10}`,
    phone: `138${pad(number, 8)}`,
    address: `House ${number}, Street ${number % 40}, County ${Number(county(number))}`,
    income: 1000 * number,
    division: { code: county(number) },
  };
}

export const residents = (from, first) =>
  Array.from({ length: first }, (_, index) => resident(`R${pad(from + index, 7)}`));

export function enterprise(creditCode) {
  const number = numberOf(creditCode);
  if (!within(number, RESIDENTS * ENTERPRISES_EACH)) return null;
  return {
    creditCode,
    name: `Enterprise ${number} Limited`,
    status: number % 7 ? 'ACTIVE' : 'CLOSED',
    registeredCapital: 10_000 * (number % 90),
    registeredDivision: { code: county(number + 11) },
  };
}

const listOf = (owner, each, prefix, make) =>
  Array.from({ length: each }, (_, index) => make(`${prefix}${pad((owner - 1) * each + index + 1, 8)}`));

export const enterprisesOf = (idNumber) => listOf(numberOf(idNumber), ENTERPRISES_EACH, 'E', enterprise);
export const certificatesOf = (idNumber) => listOf(numberOf(idNumber), CERTIFICATES_EACH, 'C', certificate);
export const licencesOf = (creditCode) => listOf(numberOf(creditCode), LICENCES_EACH, 'L', certificate);

export function certificate(number) {
  const count = numberOf(number);
  return {
    number,
    kind: ['MARRIAGE', 'DRIVING', 'PROPERTY', 'FOOD', 'TRANSPORT'][count % 5],
    issuer: `Bureau ${count % 12}`,
    validUntil: `20${30 + (count % 9)}-12-31`,
  };
}
