import { readConfig } from '../../shared/config/config.js';
import { HubError, type ErrorCode } from '../../shared/kernel/index.js';
import type { SystemToken } from '../../shared/openid/system-token.js';
import { askHub, requestToken, type HubAnswer } from '../ask-hub.js';
import { USE_FIELDS, type ExportedUse } from './use-text.js';

/** The system that asks, its purpose, and the hub's address. */
export interface Requester {
  readonly as: string;
  readonly scenario?: string;
  readonly url?: string;
}
export interface UsePage {
  readonly nodes: readonly ExportedUse[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** Uses in one page: as many as the hub's limit on costs lets through with every field. */
const PAGE = 500;
const USES = `query ExportUses($filter: UseFilter, $first: Int!, $after: String) {
  uses(filter: $filter, first: $first, after: $after) {
    pageInfo { hasNextPage endCursor } nodes { ${USE_FIELDS} } } }`;
const ALL = `query CountUses($filter: FigureFilter) { usesByDepartment(filter: $filter) { requests } }`;
/** Time before its end at which a token is replaced, milliseconds. */
const EARLY = 30_000;

/** Queries the hub for uses page by page like any other consumer, so that the export is cut and recorded too. */
export class UsePages {
  private token?: SystemToken;

  constructor(
    private readonly requester: Requester,
    private readonly filter: Readonly<Record<string, unknown>>,
  ) {}

  /** @throws HubError with the hub's own code when it refuses or fails */
  async page(after: string | undefined): Promise<UsePage> {
    const { uses } = await this.query<{ uses: UsePage }>(USES, {
      filter: this.filter,
      first: PAGE,
      after: after ?? null,
    });
    return uses;
  }

  /** About how many there are, for a bar; undefined where the hub does not count by these filters. */
  async total(): Promise<number | undefined> {
    const { from, until, person, system, subject, requestId, ...counted } = this.filter;
    if ([person, system, subject, requestId].some((value) => value !== undefined)) return undefined;
    const day = (time: unknown) => (typeof time === 'string' ? time.slice(0, 10) : undefined);
    const filter = { ...counted, from: day(from) ?? '2000-01-01', until: day(until) };
    const found = await this.query<{ usesByDepartment: { requests: number }[] }>(ALL, { filter });
    return found.usesByDepartment.reduce((sum, { requests }) => sum + requests, 0);
  }

  private async query<T>(query: string, variables: object): Promise<T> {
    if (!this.token || this.token.expiresAt < Date.now() + EARLY)
      this.token = await requestToken(this.requester.as, readConfig());
    const { accessToken } = this.token;
    const answer = await askHub('/graphql', {
      ...this.requester,
      query,
      variables: JSON.stringify(variables),
      accessToken,
    });
    const [error] = answer.errors ?? [];
    if (error) throw new HubError(readCode(error), error.message);
    return answer.data as T;
  }
}

const readCode = ({ extensions }: NonNullable<HubAnswer['errors']>[number]): ErrorCode =>
  (extensions?.['code'] as ErrorCode | undefined) ?? 'INTERNAL';
