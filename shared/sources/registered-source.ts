/** Kinds of sources: databases, from which rows are read, and services, which are called. */
export const SOURCE_KINDS = ['POSTGRESQL', 'MARIADB', 'MYSQL', 'REST', 'SOAP'] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];
export type DatabaseKind = Extract<SourceKind, 'POSTGRESQL' | 'MARIADB' | 'MYSQL'>;
/** VERIFIED: TLS, and the server's certificate is checked. NONE: in clear, for a network that nobody else is on. */
export const SOURCE_TLS = ['VERIFIED', 'NONE'] as const;
export type SourceTls = (typeof SOURCE_TLS)[number];

/** A source in force, as governance keeps it for the process that connects to it. */
export interface RegisteredSource {
  readonly id: string;
  readonly department: string;
  /** Unique in the department. */
  readonly name: string;
  readonly kind: SourceKind;
  /** host:port of a database; address of a service, with its path. */
  readonly address: string;
  readonly database?: string | undefined;
  readonly user?: string | undefined;
  readonly tls: SourceTls;
  /** PEM; trusted instead of the system's certificates. */
  readonly caCertificate?: string | undefined;
  /** Gives access tokens of a service for `user` and its credential. @source RFC 6749 section 4.4 */
  readonly tokenAddress?: string | undefined;
  readonly tokenScope?: string | undefined;
  /** Sealed; see `boundTo`. */
  readonly credential?: string | undefined;
}

/** What a credential belongs to: it opens for no other source, and is sent to no other address. */
export const boundTo = ({
  department,
  name,
  kind,
  address,
  database = '',
  user = '',
  tls,
  caCertificate = '',
  tokenAddress,
}: Omit<RegisteredSource, 'id' | 'credential'>): readonly string[] => [
  department,
  name,
  kind,
  address,
  database,
  user,
  tls,
  caCertificate,
  ...(tokenAddress === undefined ? [] : [tokenAddress]),
];

export const isDatabaseKind = (kind: SourceKind): kind is DatabaseKind => kind !== 'REST' && kind !== 'SOAP';

const PORTS: Readonly<Record<DatabaseKind, number>> = { POSTGRESQL: 5432, MARIADB: 3306, MYSQL: 3306 };

/** Host and port that a source is at.
 *  @returns undefined for an address that is none of its kind */
export function placeOf(kind: SourceKind, address: string): { host: string; port: number } | undefined {
  const text = isDatabaseKind(kind) ? `tcp://${address}` : address;
  if (!URL.canParse(text) || /\s/.test(address)) return undefined;
  const { protocol, hostname, port, username, password, pathname, search, hash } = new URL(text);
  if (username || password || hash || search) return undefined;
  const host = hostname.replace(/^\[|\]$/g, '');
  if (host === '') return undefined;
  if (isDatabaseKind(kind))
    return pathname === '' && !address.includes('/') ? { host, port: Number(port || PORTS[kind]) } : undefined;
  if (protocol !== 'https:' && protocol !== 'http:') return undefined;
  return { host, port: Number(port || (protocol === 'https:' ? 443 : 80)) };
}
