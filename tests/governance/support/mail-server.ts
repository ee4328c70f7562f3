import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** A mail as a server got it. */
export interface ReceivedMail {
  readonly to: readonly string[];
  /** Headers and body, decoded as UTF-8. */
  readonly source: string;
  readonly subject: string;
  readonly text: string;
  readonly messageId: string;
}
/** An SMTP server in this process. */
export interface MailServer {
  readonly port: number;
  readonly received: ReceivedMail[];
  /** Refuses every recipient while it is set. */
  refuses: boolean;
  close(): Promise<void>;
}

export async function startMailServer(): Promise<MailServer> {
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onRcptTo: (_address, _session, done) =>
      done(server.refuses ? Object.assign(new Error('no such mailbox'), { responseCode: 550 }) : null),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const source = Buffer.concat(chunks).toString();
        const [head = '', ...body] = source.split('\r\n\r\n');
        const header = (name: string) =>
          new RegExp(`^${name}: (.*(?:\\r\\n[ \\t].*)*)`, 'mi').exec(head)?.[1]?.replace(/\r\n[ \t]/g, ' ') ?? '';
        const raw = body.join('\r\n\r\n').replace(/\r\n$/, '');
        const encoding = header('content-transfer-encoding');
        server.received.push({
          to: session.envelope.rcptTo.map(({ address }) => address),
          source,
          subject: decodeWords(header('subject')),
          text: encoding === 'base64' ? Buffer.from(raw, 'base64').toString() : decodeQuoted(raw),
          messageId: header('message-id'),
        });
        done();
      });
    },
  });
  smtp.on('error', () => undefined);
  const { port } = await new Promise<AddressInfo>((resolve) => {
    smtp.listen(0, '127.0.0.1', () => resolve(smtp.server.address() as AddressInfo));
  });
  const server: MailServer = {
    port,
    received: [],
    refuses: false,
    close: () => new Promise((resolve) => smtp.close(() => resolve())),
  };
  return server;
}

const decodeQuoted = (text: string): string =>
  Buffer.from(
    text.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  ).toString();

/** @source RFC 2047 */
const decodeWords = (text: string): string =>
  text
    .replace(/\?= =\?/g, '?==?')
    .replace(/=\?UTF-8\?([BQ])\?([^?]*)\?=/gi, (_, way: string, word: string) =>
      way.toUpperCase() === 'B' ? Buffer.from(word, 'base64').toString() : decodeQuoted(word.replaceAll('_', ' ')),
    );
