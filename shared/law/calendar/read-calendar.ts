import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { HubError } from '../../kernel/index.js';
import { readCalendarFile, type YearNotice } from './calendar-file.js';
import type { LocalDate } from './local-date.js';
import { NEW_YEAR_REACH, type WorkingCalendar } from './working-calendar.js';

const require = createRequire(import.meta.url);

/** The official calendar of China: the years that `chinese-days` holds, and the operator's files for further ones.
 *  @param folder  CALENDAR_DIR, one YAML file a year; a file for a year that is held already replaces it
 *  @throws HubError CONFIG_INVALID naming the folder, or the file and the line, and what would be right */
export function readCalendar(folder?: string): WorkingCalendar {
  return (folder === undefined ? [] : noticesIn(folder)).reduce(withNotice, builtIn());
}

/** The package's table is read, not its functions: those take a date for a time in the server's zone. */
function builtIn(): WorkingCalendar {
  const { holidays, workdays } = require('chinese-days/dist/chinese-days.json') as {
    readonly [kind in 'holidays' | 'workdays']: Readonly<Record<LocalDate, string>>;
  };
  const exceptions = new Map<LocalDate, boolean>([
    ...Object.keys(holidays).map((date) => [date, false] as const),
    ...Object.keys(workdays).map((date) => [date, true] as const),
  ]);
  return { exceptions, years: new Set([...exceptions.keys()].map((date) => Number(date.slice(0, 4)))) };
}

function noticesIn(folder: string): readonly YearNotice[] {
  let names: readonly string[];
  try {
    names = readdirSync(folder);
  } catch (cause) {
    throw new HubError(
      'CONFIG_INVALID',
      `CALENDAR_DIR ${folder} cannot be read (${(cause as NodeJS.ErrnoException).code}). Name a folder with one YAML file for each year, or leave it unset.`,
      { folder },
      { cause },
    );
  }
  const ignored = names.filter((name) => /\d{4}/.test(name) && !/\.ya?ml$/.test(name));
  if (ignored.length > 0)
    throw new HubError(
      'CONFIG_INVALID',
      `CALENDAR_DIR ${folder} has ${ignored.join(', ')}, which is not read: a year is a YAML file. Rename or remove it.`,
      { folder, files: ignored },
    );
  const files = names.filter((name) => /\.ya?ml$/.test(name)).map((name) => join(folder, name));
  const notices = files.map(readCalendarFile).sort((one, other) => one.year - other.year);
  const twice = notices.find(({ year }, index) => notices[index + 1]?.year === year);
  if (twice)
    throw new HubError('CONFIG_INVALID', `${folder} has two files for ${twice.year}. Keep one.`, {
      files: notices.filter(({ year }) => year === twice.year).map(({ file }) => file),
    });
  return notices;
}

/** The calendar with one more notice, in the place of whatever it knew of that notice's days. */
function withNotice(calendar: WorkingCalendar, { year, exceptions }: YearNotice): WorkingCalendar {
  const from = `${year - 1}-${NEW_YEAR_REACH}`;
  const until = `${year}-${NEW_YEAR_REACH}`;
  const kept = [...calendar.exceptions].filter(([date]) => date < from || date >= until);
  return { exceptions: new Map([...kept, ...exceptions]), years: new Set([...calendar.years, year]) };
}
