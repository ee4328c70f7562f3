import { takesPart, type Operation } from '../request/operation.js';
import {
  textIn,
  type Grant,
  type Language,
  type Sentence,
  type Text,
  type UseMode,
  type VerificationDetail,
} from '../../shared/kernel/index.js';
import type { Verdict } from '../request/verdict.js';
import type { ShareItem } from '../../shared/share/share-index.js';
import type { Decider } from './decider.js';
import type { Denial } from '../request/denial.js';
import { isMessage, say, type MessageKey } from '../request/messages/index.js';
import { conditionsUnder, type DecisionContext } from './decision-context.js';
import { isOwnItem } from './rules/own-resource.rule.js';
import type { ItemUse } from './use-number.js';

/** Decision on one requested coordinate, as `sharehub explain` prints it. */
export interface ExplainedItem {
  readonly coordinate: string;
  /** Use that the arguments of the place make of the item; absent where its value is given. */
  readonly mode?: UseMode;
  readonly path: string;
  readonly title?: string;
  readonly shareType: string;
  readonly decision: 'ALLOW' | 'DENY';
  readonly code?: string;
  readonly rule: string;
  readonly grant?: string;
  /** Answers of a comparison beyond one outcome for all claims together. */
  readonly details?: readonly VerificationDetail[];
  readonly why: string;
  readonly todo?: string;
}

/** Lists each requested item with its decision and reason, and each item that arguments compare or count, without asking a
 *  provider or taking of quotas; it says what is left of them.
 *  @param findRefused  finds what is allowed and cannot be fetched without a release that must not be made
 *  @source share-rules section 3, explain mode */
export async function explain(
  decider: Decider,
  operation: Operation,
  context: DecisionContext,
  findRefused: (verdict: Verdict) => ReadonlyMap<number, { readonly code: string; readonly text: Text }> = () =>
    new Map(),
): Promise<ExplainedItem[]> {
  const { language = 'en' } = context;
  const verdict = await decider.decide(operation, context);
  const unplanned = findRefused(verdict);
  const explained: ExplainedItem[] = [];
  let above: Denial | undefined;
  const bits = conditionsUnder(operation, context);
  const argumentUses = decider.findArgumentUses(operation, context);
  for (const site of operation.sites) {
    if (!takesPart(site, bits)) continue;
    const listed = decider.index.byCoordinate.get(site.coordinate);
    const item = listed && decider.itemInForce(listed, context);
    above = verdict.reasons.get(site.index) ?? above;
    const denial = verdict.closed.has(site.index) ? above : undefined;
    const decision =
      item &&
      (await decider.decideItem(
        denial?.item.index === undefined || denial.item.index < 0 ? item : denial.item,
        context,
        denial?.mode,
      ));
    const refused = denial ?? unplanned.get(site.index);
    const counted = verdict.counted?.find((one) => one.site === site.index)?.charges[0]?.[0];
    const grant = denial ? denial.grant?.id : (counted?.id ?? decision?.grant?.id);
    explained.push({
      coordinate: site.coordinate,
      path: site.path.join('.'),
      title: item?.title,
      shareType: item?.shareType ?? 'NOT_SHARED',
      decision: refused ? 'DENY' : 'ALLOW',
      code: refused?.code,
      rule: denial || !refused ? (decision?.rule ?? 'deny') : 'release',
      grant,
      why:
        (refused && textIn(refused.text, language)) ??
        explainRelease(item, context, grant, verdict.limits, counted && explainQuota(counted, verdict)),
      todo: refused && toDo(refused.code, language),
    });
    for (const use of argumentUses.get(site.index) ?? [])
      explained.push(await explainUse(decider, context, use, site.path.join('.'), verdict));
  }
  return explained;
}

/** The decision on an item that an argument compares or counts. */
async function explainUse(
  decider: Decider,
  context: DecisionContext,
  { item: listed, mode }: ItemUse,
  path: string,
  verdict: Verdict,
): Promise<ExplainedItem> {
  const item = decider.itemInForce(listed, context);
  const { language = 'en' } = context;
  const { denial, grant, rule } = await decider.decideItem(item, context, mode);
  const details = mode === 'VERIFY' && !denial ? (verdict.limits.details?.[item.coordinate] ?? []) : undefined;
  const form =
    details && (details.length > 0 ? say('why.details', { details: details.join(', ') }) : say('why.oneOutcome'));
  return {
    coordinate: item.coordinate,
    mode,
    path,
    title: item.title,
    shareType: item.shareType,
    decision: denial ? 'DENY' : 'ALLOW',
    code: denial?.code,
    rule,
    grant: denial ? denial.grant?.id : grant?.id,
    ...(details && details.length > 0 && { details }),
    why: denial ? textIn(denial.text, language) : explainRelease(item, context, grant?.id, {}, form),
    todo: denial && toDo(denial.code, language),
  };
}

function explainRelease(
  item: ShareItem | undefined,
  { department, language = 'en' }: DecisionContext,
  grant: string | undefined,
  limits: { scopes?: Readonly<Record<string, readonly string[]>>; masks?: Readonly<Record<string, string>> },
  more: Sentence | undefined,
): string {
  if (!item || item.shareType === 'UNCONDITIONAL') return say('why.everyDepartment').in(language);
  if (isOwnItem(item, department)) return say('why.ownResource').in(language);
  const rows = limits.scopes?.[item.coordinate];
  const mask = limits.masks?.[item.coordinate];
  const base = grant ? say('why.grant', { grant }) : say('why.allAllowed');
  return [base, rows && say('why.rows', { rows: rows.join(', ') }), mask && say('why.masked', { mask }), more]
    .flatMap((each) => (each ? [each.in(language)] : []))
    .join(say('why.separator').in(language));
}

const explainQuota = ({ id, quotaPerDay = 0 }: Grant, { used }: Verdict): Sentence =>
  say('why.quota', { left: Math.max(quotaPerDay - (used?.get(id) ?? quotaPerDay), 0), quota: quotaPerDay });

function toDo(code: string, language: Language): string | undefined {
  const key = `todo.${code}`;
  return isMessage(key) ? say(key as Extract<MessageKey, `todo.${string}`>).in(language) : undefined;
}
