import { isAbstractType } from 'graphql';
import { coordinate, parseCoordinate, type Coordinate, type Language } from '../../shared/kernel/index.js';
import type { PreparedOperation } from '../request/operation.js';
import type { Verdict } from '../request/verdict.js';
import type { AnswerError } from '../request/answer.js';
import type { DecisionContext } from './decision-context.js';
import type { Decider } from './decider.js';
import { say } from '../request/messages/index.js';

/** Types that would give a refused field, by index of its site. A field of an interface is as restricted as its strictest
 *  form, so it is refused whole although some of its objects may give it: then the caller is told which to ask.
 *  @source share-rules section 1, rule 3 */
export async function findOpenForms(
  { schema, sites }: PreparedOperation,
  { reasons }: Verdict,
  decider: Decider,
  context: DecisionContext,
): Promise<ReadonlyMap<number, readonly string[]>> {
  const found = new Map<number, readonly string[]>();
  for (const index of reasons.keys()) {
    const { type, field } = parseCoordinate(sites[index]!.coordinate);
    const parent = schema.getType(type);
    if (!isAbstractType(parent)) continue;
    const open: string[] = [];
    for (const { name } of schema.getPossibleTypes(parent))
      if (await isAllowed(coordinate(name, field), decider, context)) open.push(name);
    if (open.length > 0) found.set(index, open);
  }
  return found;
}

async function isAllowed(at: string, decider: Decider, context: DecisionContext): Promise<boolean> {
  const item = decider.index.byCoordinate.get(at);
  if (!item) return false;
  for (const each of [item, ...item.needs.map((need) => decider.index.byCoordinate.get(need))])
    if (!each || (await decider.decideItem(each, context)).denial) return false;
  return true;
}

/** The refusal of a field of an interface, with the fragments that give it for some types. */
export function nameOpenForms<E extends Omit<AnswerError, 'path'>>(
  error: E,
  at: Coordinate,
  forms: readonly string[] | undefined,
  language: Language = 'en',
): E {
  if (!forms) return error;
  const { type, field } = parseCoordinate(at);
  const fragments = forms.map((form) => `... on ${form} { ${field} }`);
  const also = say('item.openForms', { type, fragments: fragments.join(say('and').in(language)) }).in(language);
  const message = `${error.message}${language === 'en' ? ' ' : ''}${also}`;
  return { ...error, message, extensions: { ...error.extensions, fragments } };
}
