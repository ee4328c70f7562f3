import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Migration } from '@mikro-orm/migrations';
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, Field, FieldResolver, ID, Info, Int, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { Key } from '../../../shared/share/decorators-federation.js';
import { Resource, Scope, Share } from '../../../shared/share/decorators.js';
import { allow } from '../../../shared/share/shield.js';
import {
  defineConnection,
  PageArguments,
  type Connection,
  type SubgraphContext,
} from '../../../shared/subgraph/index.js';
import type { DatabaseSubgraph } from '../../../shared/subgraph/start-subgraph.js';

/** A provider with a primary key of two columns, whose key fields have other names and types than the columns. */
@Resource({ code: '301001/000001', name: '就诊信息', provider: 'health' })
@Share('UNCONDITIONAL')
@Key('patient number')
@Key('receipt')
@Entity()
@ObjectType()
export class Visit {
  @Field()
  @PrimaryKey()
  patient!: string;

  @Field(() => ID, { name: 'number' })
  @PrimaryKey({ type: 'integer' })
  seq!: number;

  @Field(() => ID, { name: 'receipt' })
  @Property({ type: 'bigint', unique: true })
  receiptNumber!: string;

  @Scope('division')
  @Field(() => String, { nullable: true, name: 'division' })
  @Property({ nullable: true })
  divisionCode?: string;

  @Field(() => String, { nullable: true })
  @Property({ nullable: true })
  phone?: string;
}

@Share('UNCONDITIONAL')
@Key('name')
@ObjectType()
export class Patient {
  @Field()
  name!: string;
}

export const VisitConnection = defineConnection(Visit, { title: '就诊', counted: true });

@Resolver(() => Patient)
export class ClinicResolver {
  @Share('UNCONDITIONAL')
  @Query(() => VisitConnection, { nullable: true })
  visits(
    @Args(() => PageArguments) page: PageArguments,
    @Arg('by', () => String, { nullable: true }) by: string | undefined,
    @Ctx() { rows }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<Visit>> {
    const { first, after } = page;
    return rows.connection(Visit, {}, info, {
      first,
      after,
      ...(by && { order: { property: by, direction: 'desc' } }),
    });
  }

  @FieldResolver(() => [Visit], { nullable: true })
  lastVisits(
    @Root() { name }: Patient,
    @Arg('limit', () => Int, { nullable: true }) limit: number | undefined,
    @Ctx() { rows }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Visit[]> {
    return rows.many(Visit, 'patient', name, info, limit);
  }

  @FieldResolver(() => VisitConnection, { nullable: true })
  pagedVisits(
    @Root() { name }: Patient,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { rows }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<Visit>> {
    return rows.connectionOf(Visit, 'patient', name, info, page);
  }
}

export class CreateClinic extends Migration {
  override up(): void {
    this.addSql(`
      create table visit (patient text, seq int, receipt_number bigint not null unique, division_code text, phone text,
        primary key (patient, seq));
      create table place (code text primary key, name text, town text not null, zip text);
      create unique index on place (zip) where zip like '3%';
      create table part (code text, name text, town text, zip text, primary key (code, town));
      create table town (code text primary key, town text not null, zip int, division_code text);
      create unique index on town (town, zip) where zip is not null;
      insert into place values ('A', '西湖区', '古荡', '310000'), ('B', null, '古荡', '310001');
    `);
  }
}

/** Patient, seq, division. Receipts are 9007199254740993 and on, which no JavaScript number tells apart. */
export const VISITS = [
  ['P0', 0, '330102'],
  ['P0', 1, '330106'],
  ['P0', 2, '330106'],
  ['P1', 0, '330106'],
  ['P1', 1, '330102'],
  ['P1', 10, null],
  ['P2', 0, '330102'],
] as const;
export const FIRST_RECEIPT = 9_007_199_254_740_993n;
export const phoneOf = (patient: string, seq: number): string => `phone of ${patient}/${seq}`;

export const clinic: DatabaseSubgraph = {
  name: 'clinic',
  resolvers: [ClinicResolver],
  types: [Visit, Patient],
  entities: [Visit],
  permissions: { Query: { visits: allow } },
  migrations: [{ name: '001', class: CreateClinic }],
  seed: {
    table: 'visit',
    fill: async (insert) => {
      const rows = VISITS.map(([patient, seq, division], i) => [
        patient,
        seq,
        String(FIRST_RECEIPT + BigInt(i)),
        division,
        phoneOf(patient, seq),
      ]);
      await insert(
        'visit',
        { patient: 'text', seq: 'int4', receipt_number: 'int8', division_code: 'text', phone: 'text' },
        rows,
      );
    },
  },
};
