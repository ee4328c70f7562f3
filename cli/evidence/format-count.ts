/** "1 record", "2,000 records". */
export const formatCount = (number: number, what: string): string =>
  `${number.toLocaleString('en')} ${what}${number === 1 ? '' : 's'}`;
