import { readConfig } from '../../shared/config/config.js';
import { HubError, type ErrorCode } from '../../shared/kernel/index.js';
import type { SystemToken } from '../../shared/openid/system-token.js';
import { askHub, tokenFor, type HubAnswer } from '../ask-hub.js';
import { USE_FIELDS, type ExportedUse } from './use-text.js';

/** The system that asks, its scenario, and the hub's address. */
export interface Requester {
  readonly as: string;
  readonly scenario?: string;
  readonly url?: string;
}
export interface UsePage {
  readonly nodes: readonly ExportedUse[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** Uses in one page; the most that the hub's cost limit admits with every field. */
const PAGE_SIZE = 500;
const USES = `query ExportUses($filter: UseFilter, $first: Int!, $after: String) {
  uses(filter: $filter, first: $first, after: $after) {
    pageInfo { hasNextPage endCursor } nodes { ${USE_FIELDS} } } }`;
const COUNT = `query CountUses($filter: FigureFilter) { usesByDepartment(filter: $filter) { requests } }`;
/** A token is replaced this long before it expires, milliseconds. */
const RENEW_BEFORE_MS = 30_000;

/** Reads uses from the hub page by page, as any other consumer does, so that an export is cut to the reader's rights and
 *  recorded as well. */
export class UsePages {
  private token?: SystemToken;

  constructor(
    private readonly requester: Requester,
    private readonly filter: Readonly<Record<string, unknown>>,
  ) {}

  /** @throws HubError with the hub's own code when it refuses or fails */
  async readPage(after: string | undefined): Promise<UsePage> {
    const { uses } = await this.ask<{ uses: UsePage }>(USES, {
      filter: this.filter,
      first: PAGE_SIZE,
      after: after ?? null,
    });
    return uses;
  }

  /** Approximate number of uses, for a progress bar; undefined where the hub does not count by these filters. */
  async countTotal(): Promise<number | undefined> {
    const { from, until, person, system, subject, requestId, ...counted } = this.filter;
    if ([person, system, subject, requestId].some((value) => value !== undefined)) return undefined;
    const day = (time: unknown) => (typeof time === 'string' ? time.slice(0, 10) : undefined);
    const filter = { ...counted, from: day(from) ?? '2000-01-01', until: day(until) };
    const found = await this.ask<{ usesByDepartment: { requests: number }[] }>(COUNT, { filter });
    return found.usesByDepartment.reduce((sum, { requests }) => sum + requests, 0);
  }

  private async ask<T>(query: string, variables: object): Promise<T> {
    if (!this.token || this.token.expiresAt < Date.now() + RENEW_BEFORE_MS)
      this.token = await tokenFor(this.requester.as, readConfig());
    const { accessToken } = this.token;
    const answer = await askHub('/graphql', {
      ...this.requester,
      query,
      variables: JSON.stringify(variables),
      accessToken,
    });
    const [error] = answer.errors ?? [];
    if (error) throw new HubError(codeOf(error), error.message);
    return answer.data as T;
  }
}

const codeOf = ({ extensions }: NonNullable<HubAnswer['errors']>[number]): ErrorCode =>
  (extensions?.['code'] as ErrorCode | undefined) ?? 'INTERNAL';
