import { setTimeout as wait } from 'node:timers/promises';
import { askAsPerson } from '../ask-as-person.js';

/** A version of a subgraph, as the hub tells of it. */
export interface HubVersion {
  readonly id: string;
  readonly subgraph: string;
  readonly number: number;
  readonly kind: string;
  readonly state: string;
  readonly note: string;
  readonly found: readonly HubFinding[];
}
export interface HubFinding {
  readonly code: string;
  readonly severity: string;
  readonly coordinate: string | null;
  readonly message: string;
  readonly grants: number;
  readonly scenarios: readonly string[];
  /** UNKNOWN where nothing is recorded of the item. */
  readonly usage: 'USED' | 'UNUSED' | 'UNKNOWN';
  readonly uses: readonly HubUse[];
  readonly usesSince: string | null;
  /** SHA-256 of operations, hex. */
  readonly operations: readonly string[];
}
interface HubUse {
  readonly department: string;
  /** '' where the requests named none. */
  readonly scenario: string;
  readonly requests: number;
  readonly lastUse: string;
}
interface VersionResult {
  readonly version: HubVersion | null;
  readonly refusal: {
    readonly code: string;
    readonly message: string;
    readonly details: readonly string[] | null;
  } | null;
}
/** A refusal by governance, with governance's own code. */
export class RefusedVersion extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly details: readonly string[],
  ) {
    super(message);
  }
}

const VERSION = `id subgraph number kind state note found { code severity coordinate message grants scenarios
  usage usesSince operations uses { department scenario requests lastUse } }`;
const PAUSE_MS = 500;

/** Asks governance about versions, as the person whose token `SHAREHUB_TOKEN` is. */
export class VersionClient {
  /** @param url  the hub's address, where it is not the configured one */
  constructor(private readonly url: string | undefined) {}

  /** @throws RefusedVersion when governance refuses it; HubError when there is no answer */
  async act(field: string, parameters: string, variables: Readonly<Record<string, unknown>>): Promise<HubVersion> {
    const names = Object.keys(variables).map((name) => `${name}: $${name}`);
    const mutation = `mutation (${parameters}) { result: ${field}(${names.join(', ')}) {
      version { ${VERSION} } refusal { code message details } } }`;
    const { version, refusal } = await this.ask<VersionResult>(mutation, variables);
    if (refusal) throw new RefusedVersion(refusal.code, refusal.message, refusal.details ?? []);
    return version!;
  }

  /** Waits until a version is checked.
   *  @param seconds  longest wait
   *  @returns        the version as it is then; still PENDING where the wait is over */
  async waitForCheck(version: HubVersion, seconds: number): Promise<HubVersion> {
    const end = Date.now() + seconds * 1_000;
    let now = version;
    while (now.state === 'PENDING' && Date.now() < end) {
      await wait(PAUSE_MS);
      now = (await this.find(version.id)) ?? now;
    }
    return now;
  }

  /** One version, where the caller may see it. */
  find(id: string): Promise<HubVersion | null> {
    const query = `query ($id: String!) { result: subgraphVersionOf(id: $id) { ${VERSION} } }`;
    return this.ask<HubVersion | null>(query, { id });
  }

  /** All versions that the caller may see, of one subgraph where named. */
  async list(subgraph: string | undefined): Promise<HubVersion[]> {
    const query = `query ($subgraph: String, $after: String) { result: subgraphVersions(subgraph: $subgraph, first: 100, after: $after) {
      nodes { ${VERSION} } pageInfo { hasNextPage endCursor } } }`;
    const versions: HubVersion[] = [];
    for (let after: string | null | undefined; ;) {
      const page = await this.ask<Page>(query, { subgraph, after });
      versions.push(...page.nodes);
      if (!page.pageInfo.hasNextPage) return versions;
      after = page.pageInfo.endCursor;
    }
  }

  private ask<T>(query: string, variables: Readonly<Record<string, unknown>>): Promise<T> {
    return askAsPerson<T>(this.url, query, variables);
  }
}

interface Page {
  readonly nodes: readonly HubVersion[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}
