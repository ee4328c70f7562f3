import nodemailer from 'nodemailer';
import type { MailSettings } from '../../../../shared/config/mail-settings.js';
import type { ComposedMessage } from './compose-message.rule.js';
import type { MessageFailure } from './message-channel.type.js';

/** Sends mail by the operator's server. */
export interface Mailer {
  /** Connects and signs in, and sends nothing.
   *  @throws what the server or the connection says */
  verify(): Promise<void>;
  /** @param id  the same for each attempt at one message: it becomes the Message-ID
   *  @returns undefined when the server has taken it; never throws */
  send(to: string, message: ComposedMessage, id: string): Promise<MessageFailure | undefined>;
  close(): void;
}

export function openMailer(
  { host, port, secure, plain, user, password, from }: MailSettings,
  { publicUrl, timeoutMs = 20_000 }: { readonly publicUrl: string; readonly timeoutMs?: number },
): Mailer {
  const transport = nodemailer.createTransport({
    ...{ host, port, secure, requireTLS: !secure && !plain, ignoreTLS: plain },
    ...{ connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs },
    ...{ disableFileAccess: true, disableUrlAccess: true },
    ...(user !== undefined && { auth: { user, pass: password ?? '' } }),
  });
  return {
    verify: async () => void (await transport.verify()),
    send: async (to, { title, lines, notes }, id) => {
      const body = [...lines.flatMap(({ text, link }) => [text, link, '']), '--', ...notes].join('\n');
      try {
        await transport.sendMail({
          ...{ from, to, subject: title, text: body },
          messageId: `<${id}@${new URL(publicUrl).hostname}>`,
          headers: { 'Auto-Submitted': 'auto-generated' },
          list: { unsubscribe: { url: `${publicUrl}/portal/messages`, comment: 'unsubscribe' } },
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
