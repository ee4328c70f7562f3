import { z } from 'zod';
import { count, flag } from './setting-types.js';

/** Settings of messages beyond the hub; see `readMailSettings` and `MessageHosts`. */
export const MESSAGE_SETTINGS = {
  MESSAGE_HOSTS: z
    .string()
    .default('')
    .describe(
      'hosts at which robots of DingTalk, WeCom or Zhezhengding may be that get notices: written as SOURCE_HOSTS, with http:// before an entry that may be without TLS; none where empty',
    ),
  MAIL_URL: z
    .string()
    .regex(
      /^smtps?:\/\/([^\s:@/]+(:[^\s@/]*)?@)?[^\s:@/]+(:\d{1,5})?\/?$/,
      'must be smtps://user:password@host:port, or smtp:// for STARTTLS',
    )
    .optional()
    .describe('mail server by which notices are sent to officers who want that; no mail where unset'),
  MAIL_FROM: z
    .string()
    .max(200)
    .regex(/^[^<>\r\n]*<?[^\s<>@]+@[^\s<>@]+>?$/, 'must be an address, or name <address>')
    .optional()
    .describe('sender of the mail'),
  MAIL_DOMAINS: z
    .string()
    .default('')
    .describe('domains of the addresses to which mail may go, comma separated; * for every one'),
  MAIL_PLAIN: flag(false).describe('sends mail without TLS; only to a server on the same machine'),
  MESSAGES_AT_ONCE: count(5).describe('messages that one recipient gets one by one; more of them at once become one'),
  MESSAGES_DAILY_HOUR: z.coerce
    .number()
    .int()
    .min(0)
    .max(23)
    .default(9)
    .describe('hour of the local day at which daily digests are sent'),
} as const;
