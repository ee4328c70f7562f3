import { Field, InterfaceType } from 'type-graphql';
import { Share } from '../../../shared/share/decorators.js';
import { Division } from '../division/division.js';
import { Resident } from '../resident/resident.js';

/** A natural or legal person: an enterprise or institution here, a resident in `population`. */
@Share('UNCONDITIONAL') // no stricter than each implementation says itself
@InterfaceType({ description: '民事主体\nA person or an organisation.' })
export abstract class Party {
  @Field({ description: '名称' })
  name!: string;

  @Field(() => String, { nullable: true, description: '联系电话' })
  phone?: string;
}

@Share('UNCONDITIONAL') // no stricter than each implementation says itself
@InterfaceType({ description: '法人和其他组织\nAn organisation with a unified social credit code (GB 32100).' })
export abstract class Organisation {
  @Field({ description: '统一社会信用代码' })
  creditCode!: string;

  @Field({ description: '名称' })
  name!: string;

  @Field(() => String, { nullable: true, description: '联系电话' })
  phone?: string;

  @Field(() => Division, { description: '住所所在区划' })
  division!: Division;

  @Field(() => Resident, { nullable: true, description: '法定代表人' })
  legalRepresentative?: Resident;
}
