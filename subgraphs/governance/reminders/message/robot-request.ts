import { createHmac } from 'node:crypto';
import type { ComposedMessage } from './compose-message.rule.js';
import type { RobotKind } from './message-channel.type.js';

/** A robot's address and key, as they were sealed. */
export interface RobotSecret {
  readonly address: string;
  readonly secret?: string | undefined;
}
export interface RobotRequest {
  readonly url: string;
  readonly body: string;
}

/** Most bytes of a message. @source WeCom: 4096 of markdown; DingTalk takes 20,000 */
const MOST_BYTES: Readonly<Record<RobotKind, number>> = { DINGTALK: 18_000, WECOM: 4_000, ZHEZHENGDING: 18_000 };

/** Shapes a message for a robot. DingTalk and Zhezhengding sign: HMAC-SHA256 of `timestamp + "\n" + secret` under the secret,
 *  base64, URL-encoded. WeCom's key is in its address.
 *  @param now  ms since the epoch; the receiver takes a signature for an hour
 *  @source DingTalk custom robots; WeCom group robots */
export function toRobotRequest(
  kind: RobotKind,
  { address, secret = '' }: RobotSecret,
  message: ComposedMessage,
  now: number,
): RobotRequest {
  const text = toMarkdown(message, MOST_BYTES[kind]);
  if (kind === 'WECOM')
    return { url: address, body: JSON.stringify({ msgtype: 'markdown', markdown: { content: text } }) };
  const sign = createHmac('sha256', secret).update(`${now}\n${secret}`).digest('base64');
  const url = new URL(address);
  url.searchParams.set('timestamp', String(now));
  url.searchParams.set('sign', sign);
  return {
    url: url.href,
    body: JSON.stringify({ msgtype: 'markdown', markdown: { title: toPlain(message.title), text } }),
  };
}

/** @returns true where the robot says that it has taken a message. All three answer 200 also to what they refuse. */
export function isTaken(answer: string): boolean {
  try {
    const { errcode, success } = JSON.parse(answer) as { errcode?: unknown; success?: unknown };
    return errcode === undefined ? success === true : Number(errcode) === 0;
  } catch {
    return false;
  }
}

/** Lines that do not fit are left out whole, from the last notice on. */
function toMarkdown({ title, lines, notes }: ComposedMessage, mostBytes: number): string {
  const head = `### ${toPlain(title)}`;
  const foot = notes.map((note) => `> ${note}`);
  const listed = lines.map(({ text, link }) => `- [${toPlain(text)}](${link})`);
  const join = (shown: readonly string[], left: number) =>
    [head, ...shown, ...(left > 0 ? [`- … +${left}`] : []), ...foot].join('\n\n');
  let count = listed.length;
  while (count > 0 && Buffer.byteLength(join(listed.slice(0, count), listed.length - count)) > mostBytes) count--;
  return join(listed.slice(0, count), listed.length - count);
}

/** Signs that would make a name in a register act as markdown, in their full-width form. */
const toPlain = (text: string): string =>
  text.replace(/[[\]()<>*_`#|\\\r\n]/g, (sign) =>
    sign < ' ' ? ' ' : String.fromCharCode(sign.charCodeAt(0) + 0xfee0),
  );
