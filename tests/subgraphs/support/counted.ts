import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Migration } from '@mikro-orm/migrations';
import { GraphQLLocalDate } from 'graphql-scalars';
import { Field, Int, ObjectType, Query, registerEnumType, Resolver } from 'type-graphql';
import { Key } from '../../../shared/share/decorators-federation.js';
import { Dimension, Measure, Resource, Scope, Share, Subject } from '../../../shared/share/decorators.js';
import { allow } from '../../../shared/share/shield.js';
import { SubjectColumn } from '../../../shared/subgraph/index.js';
import type { DatabaseSubgraph } from '../../../shared/subgraph/start-subgraph.js';

/** An enum whose names are not the words of its column. */
export enum Status {
  OPEN = 'open',
  CLOSED = 'closed',
  REFUSED = 'refused',
}
registerEnumType(Status, { name: 'Status' });

/** One row a person. */
@Resource({ code: '900001/000001', name: '人员', provider: 'counting' })
@Share('UNCONDITIONAL')
@Key('idNumber')
@Entity()
@ObjectType({ description: '人员' })
export class Person {
  @Subject('PERSON')
  @Field()
  @PrimaryKey()
  idNumber!: string;

  @Scope('division')
  @Dimension()
  @Field()
  @Property()
  division!: string;

  @Dimension()
  @Field(() => Boolean, { nullable: true })
  @Property({ nullable: true })
  insured?: boolean;

  @Dimension({ bands: ['1980-01-01', '2000-01-01'] })
  @Field(() => GraphQLLocalDate)
  @Property({ type: 'date' })
  bornOn!: string;

  @Dimension({ values: ['a', 'b'] })
  @Field(() => String, { nullable: true })
  @Property({ nullable: true })
  grade?: string;

  @Measure({ bound: 100 })
  @Field(() => Int, { nullable: true })
  @Property({ nullable: true })
  amount?: number;
}

/** Several rows a person. */
@Resource({ code: '900001/000002', name: '事项', provider: 'counting' })
@Share('UNCONDITIONAL')
@Key('number')
@Entity()
@ObjectType({ description: '事项' })
export class Claim {
  @Field()
  @PrimaryKey()
  number!: string;

  @SubjectColumn('PERSON')
  @Property()
  claimant!: string;

  @Dimension()
  @Field(() => Status)
  @Enum(() => Status)
  status!: Status;

  @Measure({ bound: 100 })
  @Field(() => Int)
  @Property()
  amount!: number;
}

class Tables extends Migration {
  override up(): void {
    this.addSql(
      `create table person (id_number text primary key, division text not null, insured boolean, born_on date not null, grade text, amount int)`,
    );
    this.addSql(
      `create table claim (number text primary key, claimant text not null, status text not null, amount int not null)`,
    );
  }
}

@Resolver()
class Nothing {
  @Share('UNCONDITIONAL')
  @Query(() => Boolean)
  nothing(): boolean {
    return true;
  }
}

export const countedSubgraph: DatabaseSubgraph = {
  name: 'counted',
  resolvers: [Nothing],
  types: [Person, Claim],
  entities: [Person, Claim],
  migrations: [{ name: '001-tables', class: Tables }],
  permissions: { Query: { nothing: allow } },
};
