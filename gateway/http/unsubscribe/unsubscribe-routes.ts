import type { Logger } from 'pino';
import { openBoundedPool } from '../../../shared/database/open-bounded-pool.js';
import type { Config } from '../../../shared/config/config.js';
import { HubError, type Language } from '../../../shared/kernel/index.js';
import { readUnsubscribePath } from '../../../shared/trust/unsubscribe-link.js';
import { say } from '../../request/messages/index.js';
import { pageHeaders, pageHtml } from '../pages/page-html.js';
import { readLanguage } from '../request-headers.js';
import type { Route } from '../routes.js';

interface UnsubscribeOptions {
  /** Governance's. */
  readonly database: string;
  /** The hub's, by which links are signed. */
  readonly secret: string;
}

/** Ends the mail of the channel that a signed link names: by one POST of a mail program, or of the page that the link shows a
 *  person. It asks for no sign-in, sets no cookie, and does nothing else. Looking at the page ends nothing, for mail is scanned.
 *  @source RFC 8058 */
export function openUnsubscribeRoutes(
  { DEFAULT_LANGUAGE }: Pick<Config, 'DEFAULT_LANGUAGE'>,
  { database, secret }: UnsubscribeOptions,
  logger: Logger,
  opened: AsyncDisposableStack,
): Route[] {
  const pool = openBoundedPool(database, {
    ...{ name: 'sharehub-gateway-unsubscribe', patienceMs: 5_000, max: 1 },
    onBroken: (err) => logger.warn({ err }, 'database'),
  });
  opened.defer(() => pool.end());
  const path = '/unsubscribe/*';
  const find = (url = ''): string => {
    const channel = readUnsubscribePath(secret, url.split('?', 1)[0]!);
    if (channel === undefined) throw new HubError('NOT_FOUND', say('unsubscribe.unknown'));
    return channel;
  };
  const answer =
    (content: (language: Language) => string, act?: (channel: string) => Promise<void>): Route['handle'] =>
    async (request, response) => {
      const channel = find(request.url);
      await act?.(channel);
      const language = readLanguage(request.headers, DEFAULT_LANGUAGE);
      response.writeHead(200, { ...pageHeaders(), vary: 'accept-language' });
      response.end(pageHtml(language, '', content(language)));
    };
  const ask = (language: Language) =>
    `<main><p>${say('unsubscribe.ask').in(language)}</p><form method="post">` +
    `<button name="List-Unsubscribe" value="One-Click">${say('unsubscribe.confirm').in(language)}</button></form></main>`;
  const done = (language: Language) => `<main><p>${say('unsubscribe.done').in(language)}</p></main>`;
  return [
    { method: 'GET', path, handle: answer(ask) },
    {
      method: 'POST',
      path,
      // The worker ends it, as an act on record; a second request changes nothing.
      handle: answer(done, async (channel) => {
        await pool.query(
          `insert into message_unsubscription (channel) select id from message_channel where id = $1 on conflict do nothing`,
          [channel],
        );
      }),
    },
  ];
}
