import { LRUCache } from 'lru-cache';
import type { MikroORM, EntityClass } from '@mikro-orm/core';
import type { SourceHosts } from '../network/source-hosts.js';
import type { SourceState } from '../sources/connected-sources.js';
import { boundTo, isDatabaseKind, type RegisteredSource } from '../sources/registered-source.js';
import { decryptSecret, type EnvelopeKeys } from '../trust/secret-envelope.js';
import { ServiceClient } from './service-client.js';
import { SourceFault, toSourceFault } from '../sources/source-fault.js';
import { serviceOrm } from './service-orm.store.js';
import { ServiceRows, type AnswerCache, type ServiceExchange } from './service-rows.js';
import type { ServiceType } from './service-type.js';

export interface ServicesOptions {
  /** Addresses that the operator admits. */
  readonly hosts: SourceHosts;
  /** Time zone of times that name none, IANA name. */
  readonly timeZone: string;
  /** Opens credentials. */
  readonly keys: EnvelopeKeys;
  /** Called when the faults of a service are others than before. */
  readonly onState?: (state: SourceState) => void;
}

/** All answers that are kept together, bytes. */
const MOST_KEPT_BYTES = 64_000_000;

/** The services of departments that this process calls. Each has connections, limits and faults of its own. */
export class ConnectedServices {
  private readonly services = new Map<string, Service>();
  private readonly cache: AnswerCache = new LRUCache({
    maxSize: MOST_KEPT_BYTES,
    maxEntrySize: MOST_KEPT_BYTES / 8,
    sizeCalculation: ({ bytes }) => bytes,
  });

  constructor(private readonly options: ServicesOptions) {}

  /** Takes up what is registered now: new services, changed ones, ends.
   *  @param sources  every source in force */
  async register(sources: readonly RegisteredSource[]): Promise<void> {
    const registered = sources.filter(({ kind }) => !isDatabaseKind(kind));
    const names = new Set(registered.map(nameOf));
    await Promise.all([
      ...registered.map((service) => this.service(service).assign(service)),
      ...[...this.services].map(([name, service]) => (names.has(name) ? undefined : service.assign(undefined))),
    ]);
  }

  /** Rows of a type. */
  rows(service: Pick<RegisteredSource, 'department' | 'name'>, type: ServiceType): ServiceRows {
    return new ServiceRows(type, this.service(service), this.cache, this.options.timeZone);
  }

  /** Opens types of a service for one subgraph. Nothing is called until rows are read. */
  open(
    service: Pick<RegisteredSource, 'department' | 'name'>,
    types: readonly { readonly class: EntityClass<object>; readonly type: ServiceType }[],
  ): MikroORM {
    return serviceOrm(types.map(({ class: rowClass, type }) => ({ class: rowClass, rows: this.rows(service, type) })));
  }

  /** Every service that is registered, with its faults. */
  get states(): readonly SourceState[] {
    return [...this.services.values()].flatMap((service) => service.state ?? []);
  }

  async stop(): Promise<void> {
    await Promise.all([...this.services.values()].map((service) => service.assign(undefined)));
  }

  private service(who: Pick<RegisteredSource, 'department' | 'name'>): Service {
    const name = nameOf(who);
    let service = this.services.get(name);
    if (!service) this.services.set(name, (service = new Service(this.options)));
    return service;
  }
}

const nameOf = ({ department, name }: Pick<RegisteredSource, 'department' | 'name'>): string => `${department}/${name}`;

/** One service, as it is registered at the moment. */
class Service implements ServiceExchange {
  private registered: RegisteredSource | undefined;
  private client: ServiceClient | undefined;
  private fault: SourceFault | undefined = new SourceFault('NOT_REGISTERED');
  /** By type; under the empty name, of the service as a whole. */
  private faults = new Map<string, SourceFault>();

  constructor(private readonly options: ServicesOptions) {}

  get id(): string {
    return this.registered?.id ?? '';
  }

  async assign(service: RegisteredSource | undefined): Promise<void> {
    if (service?.id === this.registered?.id) return;
    const before = this.client;
    this.registered = service;
    this.faults = new Map();
    this.client = undefined;
    this.fault = new SourceFault('NOT_REGISTERED');
    if (service)
      try {
        const client = await this.connect(service);
        if (this.registered === service) {
          this.client = client;
          this.fault = undefined;
        } else void client.close();
      } catch (error) {
        this.fault = toSourceFault(error);
      }
    await before?.close();
    this.report('', this.fault);
  }

  async call(...[request, type, limits]: Parameters<ServiceExchange['call']>): ReturnType<ServiceExchange['call']> {
    if (!this.client) throw this.fault ?? new SourceFault('NOT_REGISTERED');
    return this.client.call(request, type.access, limits);
  }

  report(type: string, fault: SourceFault | undefined): void {
    if (!this.registered || fault?.code === 'LEFT_ALONE' || (fault && fault === this.fault && type !== '')) return;
    if (this.faults.get(type)?.message === fault?.message) return;
    if (fault) this.faults.set(type, fault);
    else this.faults.delete(type);
    this.options.onState?.(this.state!);
  }

  get state(): SourceState | undefined {
    if (!this.registered) return undefined;
    const { id, department, name } = this.registered;
    const unique = new Map([...this.faults.values()].map((each) => [each.message, each]));
    return { id, department, name, faults: [...unique.values()] };
  }

  private async connect(service: RegisteredSource): Promise<ServiceClient> {
    const { keys, hosts } = this.options;
    const credential =
      service.credential &&
      (await decryptSecret(service.credential, keys, boundTo(service)).catch((cause: unknown) => {
        throw new SourceFault('CREDENTIAL_UNREADABLE', undefined, cause);
      }));
    return new ServiceClient({ ...service, credential }, hosts);
  }
}
