import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

const PATH = '/unsubscribe/';

const sign = (secret: string, channel: string): Buffer =>
  createHmac('sha256', Buffer.from(hkdfSync('sha256', secret, 'sharehub', 'unsubscribe', 32)))
    .update(channel)
    .digest();

/** Path under which the mail of one channel is ended, by whoever has a mail of it. It is good for nothing else.
 *  @param secret   the hub's
 *  @param channel  id, such as `M-000001` */
export const unsubscribePath = (secret: string, channel: string): string =>
  `${PATH}${channel}.${sign(secret, channel).toString('base64url')}`;

/** @returns the channel that a path ends; undefined for one that the hub has not signed */
export function readUnsubscribePath(secret: string, path: string): string | undefined {
  const [, channel, signature] = /^\/unsubscribe\/(M-\d{6,18})\.([\w-]{43})$/.exec(path) ?? [];
  if (channel === undefined || signature === undefined) return undefined;
  return timingSafeEqual(sign(secret, channel), Buffer.from(signature, 'base64url')) ? channel : undefined;
}
