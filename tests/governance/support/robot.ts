import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A group robot's server in this process. */
export interface Robot {
  /** host:port */
  readonly host: string;
  readonly received: { readonly url: URL; readonly body: { msgtype: string; markdown: Record<string, string> } }[];
  /** Status and body of its answers. */
  answer: { readonly status: number; readonly body: string; readonly location?: string };
  close(): Promise<void>;
}

export async function startRobot(): Promise<Robot> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      robot.received.push({
        url: new URL(request.url ?? '/', `http://${robot.host}`),
        body: JSON.parse(Buffer.concat(chunks).toString() || 'null') as never,
      });
      const { status, body, location } = robot.answer;
      response.writeHead(status, { 'content-type': 'application/json', ...(location !== undefined && { location }) });
      response.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const robot: Robot = {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    received: [],
    answer: TAKEN,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return robot;
}

/** What robots of all three kinds answer. */
export const TAKEN = { status: 200, body: '{"errcode":0,"errmsg":"ok"}' };
