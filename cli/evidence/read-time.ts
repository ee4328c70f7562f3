import { InvalidArgumentError } from 'commander';

/** A time as it is given on the command line, milliseconds since the epoch. */
export function readTime(text: string): number {
  const time = Date.parse(text);
  if (Number.isNaN(time))
    throw new InvalidArgumentError('A time is written as 2026-01-31 or 2026-01-31T08:00:00+08:00.');
  return time;
}
