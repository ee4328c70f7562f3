import { LRUCache } from 'lru-cache';
import type { MikroORM, EntityClass } from '@mikro-orm/core';
import type { SourceHosts } from '../network/source-hosts.js';
import { ServiceClient, type ServiceAddress } from './service-client.js';
import { SourceFault, toSourceFault } from '../sources/source-fault.js';
import { serviceOrm } from './service-orm.store.js';
import { ServiceRows, type AnswerCache, type ServiceExchange } from './service-rows.js';
import type { ServiceType } from './service-type.js';

/** A service in force. */
export interface RegisteredService extends Omit<ServiceAddress, 'credential'> {
  /** Of the registration. */
  readonly id: string;
  readonly department: string;
  /** Unique in the department. */
  readonly name: string;
}
export interface ServicesOptions {
  /** Addresses that the operator admits. */
  readonly hosts: SourceHosts;
  /** Time zone of times that name none, IANA name. */
  readonly timeZone: string;
  /** Opens a service's credential.
   *  @returns undefined where it has none
   *  @throws where it cannot be opened */
  readonly openCredential: (service: RegisteredService) => Promise<string | undefined>;
  /** Called when a service, or a type that is read from it, has another fault than before, or none any more.
   *  @param type  name in the graph; absent where the service as a whole is concerned */
  readonly onFault?: (
    service: Pick<RegisteredService, 'id' | 'department' | 'name'>,
    fault: SourceFault | undefined,
    type?: string,
  ) => void;
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
   *  @param registered  every service in force */
  async register(registered: readonly RegisteredService[]): Promise<void> {
    const names = new Set(registered.map(nameOf));
    await Promise.all([
      ...registered.map((service) => this.service(service).assign(service)),
      ...[...this.services].map(([name, service]) => (names.has(name) ? undefined : service.assign(undefined))),
    ]);
  }

  /** Rows of a type. */
  rows(service: Pick<RegisteredService, 'department' | 'name'>, type: ServiceType): ServiceRows {
    return new ServiceRows(type, this.service(service), this.cache, this.options.timeZone);
  }

  /** Opens types of a service for one subgraph. Nothing is called until rows are read. */
  open(
    service: Pick<RegisteredService, 'department' | 'name'>,
    types: readonly { readonly class: EntityClass<object>; readonly type: ServiceType }[],
  ): MikroORM {
    return serviceOrm(types.map(({ class: rowClass, type }) => ({ class: rowClass, rows: this.rows(service, type) })));
  }

  async stop(): Promise<void> {
    await Promise.all([...this.services.values()].map((service) => service.assign(undefined)));
  }

  private service(who: Pick<RegisteredService, 'department' | 'name'>): Service {
    const name = nameOf(who);
    let service = this.services.get(name);
    if (!service) this.services.set(name, (service = new Service(this.options)));
    return service;
  }
}

const nameOf = ({ department, name }: Pick<RegisteredService, 'department' | 'name'>): string =>
  `${department}/${name}`;

/** One service, as it is registered at the moment. */
class Service implements ServiceExchange {
  private registered: RegisteredService | undefined;
  private client: ServiceClient | undefined;
  private fault: SourceFault | undefined = new SourceFault('NOT_REGISTERED');
  /** Last words by type; empty for the service as a whole. */
  private said = new Map<string, string>();

  constructor(private readonly options: ServicesOptions) {}

  get id(): string {
    return this.registered?.id ?? '';
  }

  async assign(service: RegisteredService | undefined): Promise<void> {
    if (service?.id === this.registered?.id) return;
    const before = this.client;
    this.registered = service;
    this.said = new Map();
    this.client = undefined;
    this.fault = new SourceFault('NOT_REGISTERED');
    if (service)
      try {
        const credential = await this.options.openCredential(service).catch((cause: unknown) => {
          throw new SourceFault('CREDENTIAL_UNREADABLE', undefined, cause);
        });
        if (this.registered === service) {
          this.client = new ServiceClient({ ...service, credential }, this.options.hosts);
          this.fault = undefined;
        }
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
    if (
      !this.registered ||
      fault?.code === 'LEFT_ALONE' ||
      (fault !== undefined && fault === this.fault && type !== '')
    )
      return;
    const words = fault?.message ?? '';
    if ((this.said.get(type) ?? '') === words) return;
    this.said.set(type, words);
    this.options.onFault?.(this.registered, fault, ...(type === '' ? [] : [type]));
  }
}
