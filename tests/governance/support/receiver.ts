import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { waitUntil } from './wait-until.js';

/** A delivery as a receiver got it. */
export interface Received {
  readonly path: string;
  readonly id: string;
  readonly from: number;
  readonly to: number;
  readonly body: string;
  readonly headers: IncomingMessage['headers'];
}

/** What a receiver does with a delivery: a status, or a function that answers later or not at all. */
type Answer = number | ((received: Received) => Promise<number | undefined>);

/** A department's own server, which notes what it is sent. */
export interface Receiver {
  readonly origin: string;
  readonly received: Received[];
  /** 204 where nothing else is said. */
  answer: Answer;
  location?: string;
  /** Request ids of the uses in all deliveries, in the order of the first arrival of each delivery; the same delivery that
   *  came again counts once.
   *  @throws when two deliveries of one id differ */
  requests(): string[];
  until(met: () => boolean): Promise<void>;
  close(): Promise<void>;
}

export async function startReceiver(port = 0): Promise<Receiver> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const header = (name: string) => String(request.headers[name]);
      const received: Received = {
        path: request.url ?? '',
        id: header('webhook-id'),
        from: Number(header('share-cursor-from')),
        to: Number(header('share-cursor-to')),
        body: Buffer.concat(chunks).toString(),
        headers: request.headers,
      };
      receiver.received.push(received);
      const { answer } = receiver;
      void (async () => {
        const status = typeof answer === 'number' ? answer : await answer(received);
        if (status === undefined) return;
        response.writeHead(status, receiver.location === undefined ? {} : { location: receiver.location });
        response.end('thanks');
      })();
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const receiver: Receiver = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received: [],
    answer: 204,
    requests: () => {
      const byId = new Map<string, Received>();
      for (const each of receiver.received) {
        const known = byId.get(each.id);
        if (!known) byId.set(each.id, each);
        else if (known.body !== each.body || known.from !== each.from || known.to !== each.to)
          throw new Error(`delivery ${each.id} came twice and is not the same`);
      }
      return [...byId.values()].flatMap(({ body }) => usesIn(body).map(({ requestId }) => requestId));
    },
    until: waitUntil,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return receiver;
}

/** The uses in a delivery. */
export const usesIn = (body: string): ({ requestId: string; position: number } & Record<string, unknown>)[] =>
  body
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { requestId: string; position: number });

/** Verifies a delivery as a receiver does, with the library of the specification.
 *  @throws WebhookVerificationError */
export const verifyDelivery = (secret: string, { body, headers }: Received): unknown =>
  new Webhook(secret).verify(body, headers as Record<string, string>, { jsonParse: false });
