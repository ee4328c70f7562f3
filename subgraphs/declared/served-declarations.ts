import type { IncomingMessage, ServerResponse } from 'node:http';
import { parseDeclaration, type Declaration } from '../../shared/declaration/index.js';
import { HubError } from '../../shared/kernel/index.js';
import type { DeclaredVersions, PublishedDeclaration } from '../../shared/read-model/read-declarations.js';
import type { SubgraphHandler } from '../../shared/subgraph/index.js';

/** Opens a version.
 *  @param kept      the version before, whose columns stay
 *  @param prepares  false leaves tables as they are: the version is not the current one */
export type OpenVersion = (
  version: PublishedDeclaration,
  declaration: Declaration,
  from: { readonly kept?: Declaration; readonly prepares: boolean },
) => Promise<SubgraphHandler>;

export interface ServedDeclarationsOptions {
  readonly open: OpenVersion;
  /** Reads what is in force.
   *  @param known  versions that were read before, by id */
  readonly read: (known: ReadonlyMap<string, PublishedDeclaration>) => Promise<readonly DeclaredVersions[]>;
  /** How long a version that is no longer in force is served, ms: gateways swap within a second, and answers take a while. */
  readonly leaseMs: number;
  readonly logger: DeclaredLogger;
}
export interface DeclaredLogger {
  info(details: object, message: string): void;
  error(details: object, message: string): void;
}
/** A version that cannot be served. */
export interface HeldDeclaration {
  readonly subgraph: string;
  readonly id: string;
  /** For the operator and the department. */
  readonly reason: string;
}

/** Versions opened at once. Each may wait with a connection for the tables, and rows are read over the others. */
const AT_ONCE = 4;

interface Opened {
  readonly handler: Promise<SubgraphHandler>;
  /** Requests that are being answered. */
  active: number;
  closing?: NodeJS.Timeout | undefined;
}
interface Known {
  readonly version: PublishedDeclaration;
  /** The version of the same subgraph whose columns stay while this one is current. */
  readonly kept?: PublishedDeclaration | undefined;
  readonly isCurrent: boolean;
}

/** The declarations that are served, each at its own address. A version is opened before any gateway sends to it, or when
 *  the first one does; one that cannot be opened keeps no other out, and is tried again whenever the others are followed. */
export class ServedDeclarations {
  /** By address, as `opened` and `failures`. */
  private known: ReadonlyMap<string, Known> = new Map();
  private readonly opened = new Map<string, Opened>();
  private readonly failures = new Map<string, HeldDeclaration>();
  private following: Promise<void> | undefined;
  private queued: Promise<void> | undefined;
  private stopped = false;

  constructor(private readonly options: ServedDeclarationsOptions) {}

  /** Takes up what is in force. It is read after the call.
   *  @throws when it cannot be read; everything is served as before */
  follow(): Promise<void> {
    if (!this.following) return this.start();
    this.queued ??= this.following
      .catch(() => undefined)
      .then(() => {
        this.queued = undefined;
        return this.following ?? this.start();
      });
    return this.queued;
  }

  /** Versions in force that are not served. */
  held(): readonly HeldDeclaration[] {
    return [...this.failures].flatMap(([url, failure]) => (this.known.get(url)?.isCurrent ? [failure] : []));
  }

  /** Answers a request of the hub.
   *  @param url  as `declaredAddress` makes it
   *  @throws HubError NOT_FOUND, NOT_READY */
  async handle(url: string, request: IncomingMessage, response: ServerResponse, isLast: () => boolean): Promise<void> {
    // A gateway may have read of a version before this process has.
    if (!this.known.has(url) && !this.opened.has(url)) await this.follow().catch(() => undefined);
    const known = this.known.get(url);
    const opened = this.opened.get(url) ?? (known && !this.failures.has(url) ? this.open(known) : undefined);
    const isAnswered = opened && (await this.answer(opened, (handler) => handler.handle(request, response, isLast)));
    if (isAnswered) return;
    throw known
      ? new HubError('NOT_READY', 'The declaration cannot be served at present.')
      : new HubError('NOT_FOUND', 'No declaration is served here.');
  }

  /** A version that is asked is not closed meanwhile, nor soon after.
   *  @returns false where it cannot be served */
  private async answer(opened: Opened, work: (handler: SubgraphHandler) => Promise<void>): Promise<boolean> {
    opened.active++;
    try {
      const handler = await opened.handler.catch(() => undefined);
      await (handler && work(handler));
      return handler !== undefined;
    } finally {
      opened.active--;
      opened.closing?.refresh();
    }
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.following?.catch(() => undefined);
    await Promise.all([...this.opened.keys()].map((url) => this.close(url)));
  }

  private start(): Promise<void> {
    this.following = this.takeUp().finally(() => (this.following = undefined));
    return this.following;
  }

  private async takeUp(): Promise<void> {
    const read = new Map([...this.known.values()].map(({ version }) => [version.id, version]));
    const inForce = await this.options.read(read);
    if (this.stopped) return;
    this.known = new Map(inForce.flatMap(knownOf));
    for (const url of this.failures.keys()) if (!this.known.has(url)) this.failures.delete(url);
    const current = [...this.known].filter(([, { isCurrent }]) => isCurrent);
    for (const [url] of current) this.keepOpen(url);
    const waiting = current.values();
    const openNext = async () => {
      for (const [url, known] of waiting)
        await (this.opened.get(url) ?? this.open(known)).handler.catch(() => undefined);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, openNext));
    for (const url of this.opened.keys()) if (!this.known.get(url)?.isCurrent) this.closeLater(url);
  }

  private open(known: Known): Opened {
    const { version } = known;
    const handler = this.openVersion(known);
    const opened: Opened = { handler, active: 0 };
    this.opened.set(version.url, opened);
    handler.then(
      () => {
        this.failures.delete(version.url);
        this.options.logger.info({ subgraph: version.subgraph, version: version.id }, 'a declaration is served');
        if (!known.isCurrent) this.closeLater(version.url);
      },
      (err: unknown) => {
        this.opened.delete(version.url);
        const reason = err instanceof HubError ? err.message : 'It failed; the log says why.';
        if (this.failures.get(version.url)?.reason !== reason)
          this.options.logger.error(
            { subgraph: version.subgraph, version: version.id, err },
            'a declaration cannot be served; the others are',
          );
        this.failures.set(version.url, { subgraph: version.subgraph, id: version.id, reason });
      },
    );
    return opened;
  }

  private async openVersion({ version, kept, isCurrent }: Known): Promise<SubgraphHandler> {
    const { declaration, problems = [] } = parseDeclaration(version.declaration);
    if (!declaration)
      throw new HubError(
        'SUBGRAPH_INVALID',
        `The declaration ${version.id} cannot be read: ${problems.map(({ path, message }) => `${path}: ${message}`).join('; ')}`,
      );
    const before = kept && parseDeclaration(kept.declaration).declaration;
    return this.options.open(version, declaration, { ...(before && { kept: before }), prepares: isCurrent });
  }

  private keepOpen(url: string): void {
    const opened = this.opened.get(url);
    clearTimeout(opened?.closing);
    if (opened) opened.closing = undefined;
  }

  private closeLater(url: string): void {
    const opened = this.opened.get(url);
    if (!opened || opened.closing) return;
    opened.closing = setTimeout(() => {
      if (opened.active > 0) opened.closing?.refresh();
      else void this.close(url);
    }, this.options.leaseMs);
    opened.closing.unref();
  }

  private async close(url: string): Promise<void> {
    const opened = this.opened.get(url);
    this.opened.delete(url);
    clearTimeout(opened?.closing);
    const handler = await opened?.handler.catch(() => undefined);
    await handler?.stop().catch((err: unknown) => this.options.logger.error({ err }, 'a declaration did not stop'));
  }
}

const knownOf = ({ current, previous }: DeclaredVersions): [string, Known][] => [
  ...(previous ? [[previous.url, { version: previous, isCurrent: false }] as [string, Known]] : []),
  // The same text may be in force again.
  ...(current ? [[current.url, { version: current, kept: previous, isCurrent: true }] as [string, Known]] : []),
];
