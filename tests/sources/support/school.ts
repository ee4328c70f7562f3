import type { GraphQLResolveInfo } from 'graphql';
import {
  GraphQLISODateTime,
  Arg,
  Args,
  Ctx,
  Field,
  FieldResolver,
  Info,
  Int,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { Key } from '../../../shared/share/decorators-federation.js';
import { Scope, Share } from '../../../shared/share/decorators.js';
import { allow } from '../../../shared/share/shield.js';
import type { ConnectedTable } from '../../../shared/sources/connected-table.js';
import {
  defineConnection,
  PageArguments,
  type Connection,
  type SubgraphContext,
} from '../../../shared/subgraph/index.js';
import type { SubgraphDefinition } from '../../../shared/subgraph/definition.js';

@Share('UNCONDITIONAL')
@Key('number')
@ObjectType()
export class Pupil {
  @Field()
  number!: string;

  @Field(() => String, { nullable: true })
  name?: string | null;

  @Scope('division')
  @Field(() => String, { nullable: true })
  division?: string | null;

  @Field(() => String, { nullable: true })
  school?: string | null;

  @Field(() => Int, { nullable: true })
  grade?: number | null;

  @Field(() => String, { nullable: true })
  score?: string | null;

  @Field(() => String, { nullable: true })
  serial?: string | null;

  @Field(() => Boolean, { nullable: true })
  boarding?: boolean | null;

  @Field(() => String, { nullable: true })
  bornOn?: string | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  enrolledAt?: Date | null;
}

@Share('UNCONDITIONAL')
@Key('code')
@ObjectType()
export class School {
  @Field()
  code!: string;
}

const PupilConnection = defineConnection(Pupil, { title: '学生' });

@Resolver(() => School)
export class SchoolResolver {
  @Share('UNCONDITIONAL')
  @Query(() => PupilConnection, { nullable: true })
  pupils(
    @Args(() => PageArguments) page: PageArguments,
    @Arg('school', () => String, { nullable: true }) school: string | undefined,
    @Arg('by', () => String, { nullable: true }) by: string | undefined,
    @Ctx() { rows }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<Pupil>> {
    const order = by === undefined ? {} : { order: { property: by, direction: 'desc' as const } };
    return rows.connection(Pupil, school === undefined ? {} : { school }, info, { ...page, ...order });
  }

  @FieldResolver(() => [Pupil], { nullable: true })
  all(@Root() { code }: School, @Ctx() { rows }: SubgraphContext, @Info() info: GraphQLResolveInfo): Promise<Pupil[]> {
    return rows.many(Pupil, 'school', code, info, 3);
  }

  @FieldResolver(() => PupilConnection, { nullable: true })
  paged(
    @Root() { code }: School,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() { rows }: SubgraphContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<Pupil>> {
    return rows.connectionOf(Pupil, 'school', code, info, page);
  }
}

export const schoolSubgraph: SubgraphDefinition = {
  name: 'school',
  resolvers: [SchoolResolver],
  types: [Pupil, School],
  permissions: { Query: { pupils: allow } },
};

/** Names of table and columns as departments have them. */
export const PUPILS: ConnectedTable = {
  type: 'Pupil',
  table: '学生_信息',
  keys: [['number']],
  division: 'division',
  columns: [
    { item: 'number', column: '学号', type: 'String', required: true },
    { item: 'name', column: '姓名', type: 'String', required: false },
    { item: 'division', column: 'XZQH', type: 'String', required: false },
    { item: 'school', column: 'order', type: 'String', required: false },
    { item: 'grade', column: '年级', type: 'Int', required: false },
    { item: 'score', column: '成绩', type: 'Decimal', required: false },
    { item: 'serial', column: '流水号', type: 'Decimal', required: false },
    { item: 'boarding', column: '住宿', type: 'Boolean', required: false },
    { item: 'bornOn', column: '出生日期', type: 'Date', required: false },
    { item: 'enrolledAt', column: '入学时间', type: 'DateTime', required: false },
  ],
};

/** The table in words that both kinds of database know. */
export const createPupils = (kind: 'POSTGRESQL' | 'MARIADB'): string => `create table "学生_信息" (
  "学号" varchar(20) not null, "姓名" varchar(50), "XZQH" varchar(12), "order" varchar(10), "年级" int, "成绩" decimal(20, 4),
  "流水号" bigint, "住宿" boolean, "出生日期" date, "入学时间" ${kind === 'MARIADB' ? 'datetime' : 'timestamp'}, primary key ("学号"))`;

/** 12 pupils of three schools, A in 350502 and B and C in 350503; number, name, division, school, … */
export const pupilRows = (): (string | number | boolean | null)[][] =>
  Array.from({ length: 12 }, (_, at) => {
    const school = ['A', 'B', 'C'][at % 3]!;
    return [
      `S${String(at).padStart(3, '0')}`,
      at === 11 ? null : `学生${at}`,
      school === 'A' ? '350502001' : '350503',
      school,
      at,
      at === 0 ? '1234567890123456.7800' : '59.5000',
      at === 0 ? '9007199254740993' : String(at),
      at % 2 === 0,
      '2012-02-29',
      '2024-09-01 08:00:00',
    ];
  });
