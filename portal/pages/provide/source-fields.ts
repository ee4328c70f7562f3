import type { SourceInput, SourceKind, SourceTls } from './sources.generated.js';

/** How the hub shows itself to a service: not at all, by a bearer token, by an account, or by access tokens that it gets as an
 *  OAuth client. */
export const ACCESSES = ['NONE', 'TOKEN', 'ACCOUNT', 'CLIENT'] as const;
export type Access = (typeof ACCESSES)[number];

/** What a person fills in. Fields that are not shown are absent, or hold what was typed before the kind was another. */
export interface SourceFields {
  readonly name: string;
  readonly kind: SourceKind;
  readonly address: string;
  readonly database?: string;
  readonly access?: Access;
  readonly tokenAddress?: string;
  readonly tokenScope?: string;
  readonly user?: string;
  readonly password?: string;
  readonly tls: SourceTls;
  readonly caCertificate?: string;
  readonly note: string;
}

export const isDatabase = (kind: SourceKind): boolean => kind !== 'REST' && kind !== 'SOAP';

/** The access that a registered service has. A token alone cannot be told from none, so it is asked for. */
export const accessOf = (
  known: { readonly account?: string | null; readonly tokenAddress?: string | null } | undefined,
): Access => (known?.tokenAddress ? 'CLIENT' : known?.account ? 'ACCOUNT' : 'TOKEN');

/** Takes of the fields what the kind of source has. */
export function inputOf(fields: SourceFields): SourceInput {
  const { name, kind, address, database, access = 'NONE', user, password, tls } = fields;
  const { tokenAddress, tokenScope, caCertificate } = fields;
  const hasAccount = isDatabase(kind) || access === 'ACCOUNT' || access === 'CLIENT';
  return {
    name: name.trim(),
    kind,
    address: address.trim(),
    tls,
    ...(isDatabase(kind) && { database: database?.trim() }),
    ...(hasAccount && { user: user?.trim() }),
    ...((isDatabase(kind) || access !== 'NONE') && { password }),
    ...(!isDatabase(kind) && access === 'CLIENT' && { tokenAddress: tokenAddress?.trim() }),
    ...(!isDatabase(kind) && access === 'CLIENT' && tokenScope?.trim() && { tokenScope: tokenScope.trim() }),
    ...(caCertificate?.trim() && { caCertificate: caCertificate.trim() }),
  };
}
