import nodemailer from 'nodemailer';
import type { MailSettings } from '../../../../shared/config/mail-settings.js';
import { unsubscribePath } from '../../../../shared/trust/unsubscribe-link.js';
import type { ComposedMessage } from './compose-message.rule.js';
import type { MessageFailure } from './message-channel.type.js';

/** Sends mail by the operator's server. */
export interface Mailer {
  /** Connects and signs in, and sends nothing.
   *  @throws what the server or the connection says */
  verify(): Promise<void>;
  /** Sends under an id that is the same for each attempt at one message, and with the link that ends `channel`.
   *  @returns undefined when the server has taken it; never throws */
  send(
    to: string,
    message: ComposedMessage,
    sending: { id: string; channel: string },
  ): Promise<MessageFailure | undefined>;
  close(): void;
}

interface MailerOptions {
  /** Address of the hub as browsers see it, without a slash at its end. */
  readonly publicUrl: string;
  /** The hub's, by which links to unsubscribe are signed. */
  readonly secret: string;
  readonly timeoutMs?: number;
}

export function openMailer(
  { host, port, secure, plain, user, password, from }: MailSettings,
  { publicUrl, secret, timeoutMs = 20_000 }: MailerOptions,
): Mailer {
  const transport = nodemailer.createTransport({
    ...{ host, port, secure, requireTLS: !secure && !plain, ignoreTLS: plain },
    ...{ connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs },
    ...{ disableFileAccess: true, disableUrlAccess: true },
    ...(user !== undefined && { auth: { user, pass: password ?? '' } }),
  });
  return {
    verify: async () => void (await transport.verify()),
    send: async (to, { title, lines, notes }, { id, channel }) => {
      const unsubscribe = publicUrl + unsubscribePath(secret, channel);
      const body = [...lines.flatMap(({ text, link }) => [text, link, '']), '--', ...notes].join('\n');
      try {
        await transport.sendMail({
          ...{ from, to, subject: title, text: body },
          messageId: `<${id}@${new URL(publicUrl).hostname}>`,
          headers: {
            'Auto-Submitted': 'auto-generated',
            'List-Unsubscribe': `<${unsubscribe}>`,
            // One click of a mail program ends it. @source RFC 8058, for links by https alone
            ...(unsubscribe.startsWith('https:') && { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }),
          },
        });
        return undefined;
      } catch (error) {
        return toFailure(error);
      }
    },
    close: () => transport.close(),
  };
}

function toFailure(error: unknown): MessageFailure {
  const { code = '', responseCode } = error as { code?: string; responseCode?: number };
  if (responseCode !== undefined || code === 'EENVELOPE' || code === 'EAUTH') return 'MAIL_REFUSED';
  return code === 'ETIMEDOUT' ? 'TIMEOUT' : 'CONNECTION_FAILED';
}
