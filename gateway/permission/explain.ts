import type { Operation } from '../operation/operation.js';
import type { ShareItem } from '../../shared/share/share-index.js';
import type { Decider } from './decide.js';
import type { Denial } from './decision.js';
import { isOwn } from './rules/own-resource.rule.js';
import type { Asked } from './verdict.js';

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

/** Answers what would be given and what not, and why, without touching a provider or using up quota.
 *  @source share-rules section 3, explain mode */
export async function explain(decider: Decider, operation: Operation, asked: Asked): Promise<ExplainedItem[]> {
  const verdict = await decider.decide(operation, { ...asked, use: false });
  const explained: ExplainedItem[] = [];
  let above: Denial | undefined;
  for (const site of operation.sites) {
    const stated = decider.index.byCoordinate.get(site.coordinate);
    const item = stated && decider.itemInForce(stated, asked);
    above = verdict.reasons.get(site.index) ?? above;
    const denial = verdict.closed.has(site.index) ? above : undefined;
    const decided =
      item &&
      (await decider.decideItem(denial?.item.index === undefined || denial.item.index < 0 ? item : denial.item, asked));
    const grant = denial ? denial.grant?.id : decided?.grant?.id;
    explained.push({
      coordinate: site.coordinate,
      path: site.path.join('.'),
      title: item?.title,
      shareType: item?.shareType ?? 'NOT_SHARED',
      decision: denial ? 'DENY' : 'ALLOW',
      code: denial?.code,
      rule: decided?.rule ?? 'deny',
      grant,
      why: denial?.message ?? reason(item, asked, grant, verdict.limits),
      todo: denial && TO_DO[denial.code],
    });
  }
  return explained;
}

function reason(
  item: ShareItem | undefined,
  asked: Asked,
  grant: string | undefined,
  limits: { scopes?: Readonly<Record<string, readonly string[]>>; masks?: Readonly<Record<string, string>> },
): string {
  if (!item || item.shareType === 'UNCONDITIONAL') return 'shared with every department';
  if (isOwn(item, asked.department)) return "the department's own resource";
  const rows = limits.scopes?.[item.coordinate];
  const mask = limits.masks?.[item.coordinate];
  const base = grant ? `grant ${grant}` : 'everything it rests on is allowed';
  return [base, rows && `rows ${rows.join(', ')}`, mask && `masked as ${mask}`].filter(Boolean).join(', ');
}

const TO_DO: Readonly<Record<string, string>> = {
  UNAUTHENTICATED: 'send an access token of a registered system',
  PURPOSE_REQUIRED: 'name the scenario: --scenario, or the share-scenario header',
  GRANT_REQUIRED: 'apply; extensions.apply of the refusal holds the input',
  GRANT_EXPIRED: 'renew the grant',
  GRANT_SUSPENDED: 'ask who suspended it',
  PERSON_NOT_AUTHORISED: 'ask the data administrator of your department',
  OUT_OF_SCOPE: 'apply for the rows, or ask only for rows within the grant',
  NOT_PUBLISHED: 'ask the provider to have its catalogue entry reviewed and published',
  NOT_SHARED: 'verify or count it instead, or ask the authority to coordinate',
  QUOTA_EXCEEDED: 'wait for the next day, or apply for a higher quota',
};
