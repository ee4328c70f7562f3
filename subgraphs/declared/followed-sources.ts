import type pg from 'pg';
import { readSources, reportSource } from '../../shared/read-model/sources.js';
import { ConnectedServices } from '../../shared/services/connected-services.js';
import { ConnectedSources, type SourceState, type SourcesOptions } from '../../shared/sources/connected-sources.js';
import { envelopeKeys } from '../../shared/trust/secret-envelope.js';
import type { DeclaredLogger } from './served-declarations.js';

/** What the operator decides about departments' databases and services. */
export type ConnectedOptions = Omit<SourcesOptions, 'keys' | 'onState'>;

/** Departments' databases and services as governance registers them. What is found wrong with one goes back to governance, which tells its
 *  department. */
export class FollowedSources {
  readonly sources: ConnectedSources;
  readonly services: ConnectedServices;

  /** @param secret  the hub's, under which passwords are sealed */
  constructor(
    private readonly governance: pg.Pool,
    secret: string,
    options: ConnectedOptions,
    private readonly logger: DeclaredLogger,
  ) {
    const connected = {
      ...options,
      keys: envelopeKeys(secret, 'source-credentials'),
      onState: (state: SourceState) => void this.report(state),
    };
    this.sources = new ConnectedSources(connected);
    this.services = new ConnectedServices(connected);
  }

  /** Takes up the sources in force.
   *  @throws when they cannot be read; all stay as they are */
  async follow(): Promise<void> {
    const registered = await readSources(this.query);
    await Promise.all([this.sources.register(registered), this.services.register(registered)]);
  }

  /** Every source that is registered or read, with its faults. */
  get states(): readonly SourceState[] {
    return [...this.sources.states, ...this.services.states];
  }

  async stop(): Promise<void> {
    await Promise.all([this.sources.stop(), this.services.stop()]);
  }

  private readonly query = async (sql: string, values: readonly unknown[] = []) =>
    (await this.governance.query<Record<string, unknown>>(sql, [...values])).rows;

  private async report({ id, department, name, faults }: SourceState): Promise<void> {
    const codes = faults.map(({ code }) => code);
    if (codes.length === 0) this.logger.info({ department, source: name }, 'a source is read');
    else this.logger.error({ department, source: name, codes, err: faults[0]!.cause }, 'a source cannot be read');
    if (id === '') return;
    await reportSource(this.query, {
      id,
      faults: faults.map(({ code, detail }) => ({ code, ...(detail !== undefined && { detail }) })),
    }).catch((err: unknown) => this.logger.error({ err }, 'the state of a source cannot be reported'));
  }
}
