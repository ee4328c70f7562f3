import { hash, randomBytes } from 'node:crypto';
import type pg from 'pg';
import { z } from 'zod';
import { HubError } from '../../../shared/kernel/index.js';
import { decryptSecret, encryptSecret, type EnvelopeKeys } from '../../../shared/trust/secret-envelope.js';
import {
  IDLE_SECONDS,
  RENEW_SECONDS,
  SESSION_SECONDS,
  type PersonSessions,
  type PersonTokens,
} from './person-session.js';
import { say } from '../../request/messages/index.js';

const TOKENS: z.ZodType<PersonTokens> = z.object({
  subject: z.string(),
  accessToken: z.string(),
  idToken: z.string(),
  refreshToken: z.string().optional(),
  expiresAt: z.number(),
});

/** Sessions in the governance database, which all gateways share. The database holds neither an identifier that a browser
 *  could send nor a token that it could read. */
export class DatabaseSessions implements PersonSessions {
  /** @param keys   of the use `page-sessions`
   *  @param renew  asks the OpenID provider for new tokens; undefined when it refuses */
  constructor(
    private readonly pool: pg.Pool,
    private readonly keys: EnvelopeKeys,
    private readonly renew: (tokens: PersonTokens) => Promise<PersonTokens | undefined>,
  ) {}

  async begin(tokens: PersonTokens): Promise<string> {
    const id = randomBytes(32).toString('base64url');
    await this.query("delete from page_session where ends < now() or seen < now() - $1 * interval '1 second'", [
      IDLE_SECONDS,
    ]);
    await this.query(
      `insert into page_session (id_hash, tokens, seen, ends) values ($1, $2, now(), now() + $3 * interval '1 second')`,
      [hashOf(id), await this.seal(id, tokens), SESSION_SECONDS],
    );
    return id;
  }

  async find(id: string): Promise<PersonTokens | undefined> {
    const [row] = await this.query<{ tokens: string }>(
      `update page_session set seen = now()
       where id_hash = $1 and ends > now() and seen > now() - $2 * interval '1 second' returning tokens`,
      [hashOf(id), IDLE_SECONDS],
    );
    const tokens = row && (await this.open(id, row.tokens));
    return tokens && isEnding(tokens) ? this.renewOnce(id) : tokens;
  }

  async end(id: string): Promise<PersonTokens | undefined> {
    const [row] = await this.query<{ tokens: string }>('delete from page_session where id_hash = $1 returning tokens', [
      hashOf(id),
    ]);
    return row && this.open(id, row.tokens);
  }

  /** Renews the tokens under a lock of the row: a refresh token may be good for one use only, and two requests of a page,
   *  also at two gateways, find theirs about to end at the same moment.
   *  @source RFC 9700 section 4.14.2 */
  private async renewOnce(id: string): Promise<PersonTokens | undefined> {
    const client = await this.pool.connect().catch(refuse);
    try {
      await client.query('begin');
      const { rows } = await client.query<{ tokens: string }>(
        'select tokens from page_session where id_hash = $1 and ends > now() for update',
        [hashOf(id)],
      );
      const known = rows[0] && (await this.open(id, rows[0].tokens));
      const tokens = known && isEnding(known) ? await this.renewed(known) : known;
      if (tokens && tokens !== known)
        await client.query('update page_session set tokens = $2 where id_hash = $1', [
          hashOf(id),
          await this.seal(id, tokens),
        ]);
      await client.query('commit');
      return tokens;
    } catch (error) {
      await client.query('rollback').catch(() => undefined);
      throw error;
    } finally {
      client.release();
    }
  }

  /** The tokens anew; those that there are while they hold, undefined when they have ended. */
  private async renewed(tokens: PersonTokens): Promise<PersonTokens | undefined> {
    const renewed = tokens.refreshToken === undefined ? undefined : await this.renew(tokens);
    if (renewed) return renewed;
    return tokens.expiresAt > Date.now() ? tokens : undefined;
  }

  private seal = (id: string, tokens: PersonTokens): Promise<string> =>
    encryptSecret(JSON.stringify(tokens), this.keys.public, [hashOf(id)]);

  /** @returns undefined for what another hub's secret sealed: the person signs in again */
  private async open(id: string, sealed: string): Promise<PersonTokens | undefined> {
    const text = await decryptSecret(sealed, this.keys, [hashOf(id)]).catch(() => undefined);
    return text === undefined ? undefined : TOKENS.parse(JSON.parse(text));
  }

  private async query<Row extends pg.QueryResultRow>(sql: string, values: unknown[]): Promise<Row[]> {
    return (await this.pool.query<Row>(sql, values).catch(refuse)).rows;
  }
}

const isEnding = ({ expiresAt }: PersonTokens): boolean => expiresAt - Date.now() < RENEW_SECONDS * 1000;

const hashOf = (id: string): string => hash('sha256', id, 'base64url');

function refuse(cause: unknown): never {
  throw new HubError('NOT_READY', say('page.sessionsAway'), {}, { cause });
}
