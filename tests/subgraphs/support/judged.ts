import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Migration } from '@mikro-orm/migrations';
import { GraphQLLocalDate } from 'graphql-scalars';
import { Field, Int, ObjectType, Query, registerEnumType, Resolver } from 'type-graphql';
import { Key } from '../../../shared/share/decorators-federation.js';
import { Resource, Share, Subject } from '../../../shared/share/decorators.js';
import { allow } from '../../../shared/share/shield.js';
import { Reads } from '../../../shared/subgraph/index.js';
import type { DatabaseSubgraph } from '../../../shared/subgraph/start-subgraph.js';

/** An enum whose names are not the words of its column. */
export enum Standing {
  OPEN = 'open',
  CLOSED = 'closed',
}
registerEnumType(Standing, { name: 'Standing' });

/** Records whose columns take anything, so that rules find what is wrong with them. */
@Resource({ code: '900001/000001', name: '人员', provider: 'judging' })
@Share('UNCONDITIONAL')
@Key('number')
@Entity()
@ObjectType({ description: '人员' })
export class Person {
  @Field()
  @PrimaryKey()
  number!: string;

  @Subject('PERSON')
  @Field(() => String, { nullable: true })
  @Property({ nullable: true })
  idNumber?: string;

  @Field(() => String, { nullable: true })
  @Property({ nullable: true })
  creditCode?: string;

  @Field(() => String, { nullable: true })
  @Property({ nullable: true })
  division?: string;

  @Field(() => String, { nullable: true })
  @Property({ nullable: true })
  phone?: string;

  @Field(() => GraphQLLocalDate, { nullable: true })
  @Property({ type: 'date', nullable: true })
  bornOn?: string;

  @Field(() => Standing, { nullable: true })
  @Enum({ items: () => Standing, nullable: true })
  standing?: Standing;

  @Field(() => Int, { nullable: true })
  @Property({ nullable: true })
  amount?: number;

  @Field(() => GraphQLLocalDate, { nullable: true })
  @Property({ type: 'date', nullable: true })
  changedOn?: string;

  @Reads('phone', 'division')
  @Field(() => String)
  get label(): string {
    return `${this.phone ?? ''} ${this.division ?? ''}`;
  }
}

class Tables extends Migration {
  override up(): void {
    this.addSql(
      `create table person (number text primary key, id_number text, credit_code text, division text, phone text, born_on date,
         standing text, amount int, changed_on date)`,
    );
  }
}

@Resolver(() => Person)
class PersonResolver {
  @Share('UNCONDITIONAL')
  @Query(() => String, { nullable: true })
  judged(): string {
    return 'yes';
  }
}

export const judgedSubgraph: DatabaseSubgraph = {
  name: 'judged',
  resolvers: [PersonResolver],
  types: [Person],
  entities: [Person],
  permissions: { Query: { judged: allow } },
  migrations: [{ name: '001', class: Tables }],
};
