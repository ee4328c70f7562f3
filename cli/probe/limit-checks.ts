import { maskValue } from '../../shared/share/mask-value.js';
import type { FetchContext } from '../../shared/trust/signed-context.js';
import { bodyOf, send, signFor, type Probed } from './ask-subgraph.js';
import { failureOf, type ProbeCheck } from './probe-check.js';
import type { ProbeTarget, ProbeTargets } from './probe-targets.js';

/** A division that no record lies in. */
const NOWHERE = ['00'];

/** Asks for items under row scopes and masks, and counts what should not have been given. */
export async function checkLimits(subgraph: Probed, targets: ProbeTargets): Promise<ProbeCheck[]> {
  const checks: ProbeCheck[] = [];
  for (const target of targets.scoped) {
    const { item, type } = target;
    checks.push(
      await tryTarget(subgraph, target, {
        check: `row scope of ${item}`,
        code: 'SCOPE_IGNORED',
        says: 'outside the divisions of `scopes`',
        context: { scopes: { [item]: NOWHERE } },
        isWrong: (value) => value !== null && value !== undefined,
      }),
      await tryTarget(subgraph, target, {
        check: `rows of ${type}`,
        code: 'ROWS_IGNORED',
        says: 'of records outside the divisions of `rows`',
        context: { rows: { [type]: NOWHERE } },
        isWrong: () => true,
      }),
    );
  }
  for (const target of targets.masked) {
    checks.push(
      await tryTarget(subgraph, target, {
        check: `mask ${target.form} of ${target.item}`,
        code: 'MASK_IGNORED',
        says: `not in the form ${target.form}`,
        context: { masks: { [target.item]: target.form } },
        isWrong: (value) => value !== null && value !== undefined && maskValue(value, target.form) !== value,
      }),
    );
  }
  const tried = new Set([...targets.scoped, ...targets.masked].flatMap(({ type, item }) => [type, item]));
  for (const what of [...targets.stated.scopes, ...targets.stated.masks])
    if (!tried.has(what))
      checks.push({
        check: `limits of ${what}`,
        result: 'not tried',
        message: 'No root field lists its records without being given something.',
      });
  return checks;
}

interface Trial {
  readonly check: string;
  readonly code: string;
  readonly says: string;
  readonly context: Partial<FetchContext>;
  readonly isWrong: (value: unknown) => boolean;
}

async function tryTarget(
  subgraph: Probed,
  { query, path }: ProbeTarget,
  { check, code, says, context, isWrong }: Trial,
): Promise<ProbeCheck> {
  const body = bodyOf(query);
  const open = await send(subgraph, body, signFor(subgraph, body));
  if (open.kind === 'failed') return failureOf(check, open.code);
  const given = open.kind === 'data' ? itemsAt(open.data, path).filter((value) => value !== null) : [];
  if (given.length === 0)
    return { check, result: 'not tried', message: 'It shows no record with a value to try it on.' };
  const limited = await send(subgraph, body, signFor(subgraph, body, context));
  if (limited.kind === 'failed') return failureOf(check, limited.code);
  const items = limited.kind === 'data' ? itemsAt(limited.data, path) : [];
  const wrong = items.filter(isWrong).length;
  return wrong === 0
    ? { check, result: 'right' }
    : { check, result: 'wrong', code, message: `It gave ${wrong} of ${items.length} values ${says}.` };
}

/** Values of the item in the records that an answer lists. */
function itemsAt(data: Readonly<Record<string, unknown>>, path: readonly string[]): unknown[] {
  let value: unknown = data;
  for (const name of path) value = (value as Record<string, unknown> | null | undefined)?.[name];
  return Array.isArray(value) ? value.flatMap((row: { item?: unknown } | null) => (row ? [row.item ?? null] : [])) : [];
}
