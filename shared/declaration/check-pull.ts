import { parseSchedule } from '../pulling/schedule.js';
import { namesIn } from '../services/template.js';
import { checkAccess } from './check-service.js';
import type { Refuse } from './declaration-problem.js';
import type { DeclaredPull, DeclaredType } from './declaration-schema.js';

/** Finds what a declaration says of a pull that cannot work. */
export function checkPull(name: string, type: DeclaredType, refuse: Refuse): void {
  const pull = type.from.hosted?.pull;
  if (!pull) return;
  const at = ['types', name, 'from', 'hosted', 'pull'];
  const say = (path: readonly string[], message: string) => refuse('PULL_UNFIT', [...at, ...path], message);
  if ((pull.database === undefined) === (pull.service === undefined))
    say([], 'must name one source: database or service.');
  if ((pull.database === undefined) !== (pull.table === undefined)) say(['table'], 'and `database` belong together.');
  if (!parseSchedule(pull.every))
    say(
      ['every'],
      "must be HOURLY, DAILY, WEEKLY, MONTHLY, QUARTERLY, YEARLY, or five fields such as '0 2 * * *', at most twelve times an hour.",
    );
  const calls = checkAccess(name, type, pull, at, refuse, true);
  if (calls && (calls.length !== 1 || calls[0]!.by !== undefined || calls[0]!.narrow.length > 0))
    say(['calls'], 'must be one call that lists all rows: without `by` and `narrow`.');
  checkWatermark(type, pull, say);
}

function checkWatermark(
  { items }: DeclaredType,
  { watermark, mode, service, calls = [] }: DeclaredPull,
  say: (path: readonly string[], message: string) => void,
): void {
  const isSince = calls.some(({ path, query, body, xml }) => namesIn([path, query, body, xml]).includes('$since'));
  if (!watermark) {
    if (isSince) say(['calls'], '{$since} needs a `watermark`.');
    return;
  }
  const found = Object.hasOwn(items, watermark.item) ? items[watermark.item]!.type : undefined;
  if (found !== 'Date' && found !== 'DateTime')
    say(['watermark', 'item'], 'must be an item that is a Date or DateTime, of the last change of a row.');
  if (mode !== 'upsert') say(['mode'], 'must be `upsert` where only changed rows are read.');
  if (service !== undefined && !isSince) say(['watermark'], 'needs {$since} in the query or the body of the call.');
}
