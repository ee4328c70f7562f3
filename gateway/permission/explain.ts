import { takesPart, type Operation } from '../request/operation.js';
import type { Grant } from '../../shared/kernel/index.js';
import type { Verdict } from '../request/verdict.js';
import type { ShareItem } from '../../shared/share/share-index.js';
import type { Decider } from './decider.js';
import type { Denial } from '../request/denial.js';
import { conditionsUnder, type DecisionContext } from './decision-context.js';
import { isOwnItem } from './rules/own-resource.rule.js';

/** Decision on one requested coordinate, as `sharehub explain` prints it. */
export interface ExplainedItem {
  readonly coordinate: string;
  readonly path: string;
  readonly title?: string;
  readonly shareType: string;
  readonly decision: 'ALLOW' | 'DENY';
  readonly code?: string;
  readonly rule: string;
  readonly grant?: string;
  readonly why: string;
  readonly todo?: string;
}

/** Lists each requested item with its decision and reason, without asking a provider or taking of quotas; it says what is left
 *  of them.
 *  @param findRefused  finds what is allowed and cannot be fetched without a release that must not be made
 *  @source share-rules section 3, explain mode */
export async function explain(
  decider: Decider,
  operation: Operation,
  context: DecisionContext,
  findRefused: (verdict: Verdict) => ReadonlyMap<number, { readonly code: string; readonly message: string }> = () =>
    new Map(),
): Promise<ExplainedItem[]> {
  const verdict = await decider.decide(operation, context);
  const unplanned = findRefused(verdict);
  const explained: ExplainedItem[] = [];
  let above: Denial | undefined;
  const bits = conditionsUnder(operation, context);
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
        refused?.message ??
        explainRelease(item, context, grant, verdict.limits, counted && explainQuota(counted, verdict)),
      todo: refused && TO_DO[refused.code],
    });
  }
  return explained;
}

function explainRelease(
  item: ShareItem | undefined,
  context: DecisionContext,
  grant: string | undefined,
  limits: { scopes?: Readonly<Record<string, readonly string[]>>; masks?: Readonly<Record<string, string>> },
  quota: string | undefined,
): string {
  if (!item || item.shareType === 'UNCONDITIONAL') return 'shared with every department';
  if (isOwnItem(item, context.department)) return "the department's own resource";
  const rows = limits.scopes?.[item.coordinate];
  const mask = limits.masks?.[item.coordinate];
  const base = grant ? `grant ${grant}` : 'everything it rests on is allowed';
  return [base, rows && `rows ${rows.join(', ')}`, mask && `masked as ${mask}`, quota].filter(Boolean).join(', ');
}

const explainQuota = ({ id, quotaPerDay = 0 }: Grant, { used }: Verdict): string =>
  `${Math.max(quotaPerDay - (used?.get(id) ?? quotaPerDay), 0)} of ${quotaPerDay} uses left today`;

const TO_DO: Readonly<Record<string, string>> = {
  UNAUTHENTICATED: 'send an access token of a registered system',
  PURPOSE_REQUIRED: 'name the scenario: --scenario, or the share-scenario header',
  GRANT_REQUIRED: 'apply; extensions.apply of the refusal holds the input',
  GRANT_EXPIRED: 'renew the grant',
  GRANT_SUSPENDED: 'ask who suspended it',
  PERSON_NOT_AUTHORISED: 'ask the data administrator of your department',
  OUT_OF_SCOPE: 'apply for the rows, or ask only for rows within the grant',
  NOT_PUBLISHED: 'ask the provider to have its catalogue entry reviewed and published',
  RELEASE_NOT_CONSENTED:
    'ask the owner of the item to consent; extensions.consent of the refusal holds the input of proposeConsent',
  NOT_SHARED: 'verify or count it instead, or ask the authority to coordinate',
  QUOTA_UNAVAILABLE: 'ask again',
  QUOTA_EXCEEDED: 'wait for the next day, or apply for a higher quota',
};
