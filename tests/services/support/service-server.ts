import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ServedCall {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingMessage['headers'];
  // Tests look into bodies of many shapes.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any;
}
/** Answers a call: with JSON, with the text of one, or by itself. */
export type Answer = (call: ServedCall, response: ServerResponse) => unknown;

/** A department's service, on a port of its own. */
export class ServiceServer {
  readonly calls: ServedCall[] = [];
  private answers: Readonly<Record<string, Answer>> = {};

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  static async start(): Promise<ServiceServer> {
    const server = createServer((request, response) => void served.handle(request, response));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const served = new ServiceServer(server, (server.address() as AddressInfo).port);
    return served;
  }

  get address(): string {
    return `http://127.0.0.1:${this.port}/api`;
  }

  /** Answers from now on, by the first step of the path; everything else is 404. */
  answer(answers: Readonly<Record<string, Answer>>): void {
    this.calls.length = 0;
    this.answers = answers;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url!, 'http://service');
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const call: ServedCall = {
      method: request.method!,
      path: url.pathname.replace('/api', ''),
      query: Object.fromEntries(url.searchParams),
      headers: request.headers,
      body: text === '' ? undefined : /^[{[]/.test(text) ? (JSON.parse(text) as unknown) : text,
    };
    this.calls.push(call);
    const [, step = ''] = call.path.split('/');
    const answer = this.answers[step];
    if (!answer) return void response.writeHead(404).end('not here');
    const given = answer(call, response);
    if (given === undefined) return;
    response.setHeader('content-type', 'application/json');
    response.end(typeof given === 'string' ? given : JSON.stringify(given));
  }
}
