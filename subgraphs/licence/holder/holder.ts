import { createUnionType, Field, ObjectType } from 'type-graphql';
import { Key } from '../../../shared/share/decorators-federation.js';

/** A resident, kept by `population`. */
@Key('idNumber')
@ObjectType()
export class Resident {
  @Field()
  idNumber!: string;
}

/** An enterprise, kept by `legal-entity`. */
@Key('creditCode')
@ObjectType()
export class Enterprise {
  @Field()
  creditCode!: string;
}

/** A public institution, kept by `legal-entity`. */
@Key('creditCode', { resolvable: false })
@ObjectType()
export class Institution {
  @Field()
  creditCode!: string;
}

export const CertificateHolder = createUnionType({
  name: 'CertificateHolder',
  description: '持证主体',
  types: () => [Resident, Enterprise, Institution] as const,
});

/** Kind of a holder's identifier: a person's or an organisation's. */
export type HolderKind = 'RESIDENT' | 'ENTERPRISE' | 'INSTITUTION';

/** The holder as the type it is. */
export function holderOf(kind: HolderKind, identifier: string): Resident | Enterprise | Institution {
  if (kind === 'RESIDENT') return Object.assign(new Resident(), { idNumber: identifier });
  const organisation = kind === 'ENTERPRISE' ? new Enterprise() : new Institution();
  return Object.assign(organisation, { creditCode: identifier });
}
