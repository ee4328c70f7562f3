import { readConfig } from '../../shared/config/config.js';
import { HubError, type ErrorCode } from '../../shared/kernel/index.js';
import type { SystemToken } from '../../shared/openid/system-token.js';
import { askHub, tokenFor, type HubAnswer } from '../ask-hub.js';
import { USE_FIELDS, type ExportedUse } from './use-text.js';

/** Who asks, for which purpose, where. */
export interface Asking {
  readonly as: string;
  readonly scenario?: string;
  readonly url?: string;
}
export interface UsePage {
  readonly items: readonly ExportedUse[];
  readonly next: string | null;
}

/** Uses in one page: as many as the hub's limit on costs lets through with every field. */
const PAGE = 500;
const USES = `query ExportUses($filter: UseFilter, $first: Int!, $after: String) {
  uses(filter: $filter, first: $first, after: $after) { next items { ${USE_FIELDS} } } }`;
const ALL = `query CountUses($filter: FigureFilter) { usesByDepartment(filter: $filter) { requests } }`;
/** Before a token ends it is replaced, milliseconds. */
const EARLY = 30_000;

/** Asks the hub for uses page by page, as any other consumer does: so what is exported is cut and recorded too. */
export class UsePages {
  private token?: SystemToken;

  constructor(
    private readonly asking: Asking,
    private readonly filter: Readonly<Record<string, unknown>>,
  ) {}

  /** @throws HubError with the hub's own code when it refuses or fails */
  async page(after: string | undefined): Promise<UsePage> {
    const { uses } = await this.ask<{ uses: UsePage }>(USES, {
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
    const found = await this.ask<{ usesByDepartment: { requests: number }[] }>(ALL, { filter });
    return found.usesByDepartment.reduce((sum, { requests }) => sum + requests, 0);
  }

  private async ask<T>(query: string, variables: object): Promise<T> {
    if (!this.token || this.token.expiresAt < Date.now() + EARLY)
      this.token = await tokenFor(this.asking.as, readConfig());
    const { accessToken } = this.token;
    const answer = await askHub('/graphql', {
      ...this.asking,
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
