import { Entity, Enum, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Migration } from '@mikro-orm/migrations';
import { GraphQLLocalDate } from 'graphql-scalars';
import { Field, ID, Int, ObjectType, Query, registerEnumType, Resolver } from 'type-graphql';
import { samplePerson } from '../../../shared/sample/person.js';
import { Key } from '../../../shared/share/decorators-federation.js';
import { Mask, Resource, Scope, Share, Subject, Verifiable } from '../../../shared/share/decorators.js';
import { allow } from '../../../shared/share/shield.js';

import { Reads } from '../../../shared/subgraph/index.js';
import type { DatabaseSubgraph } from '../../../shared/subgraph/start-subgraph.js';

export enum Level {
  A = 'A',
  B = 'B',
}
registerEnumType(Level, { name: 'Level' });

const LAW = { basis: ['税收征收管理法 第八条'] };

/** Telephone that cannot be read. */
export const UNREADABLE = '0';

/** Of every kind of item that a claim may be about. */
@Resource({ code: '301009/000001', name: '纳税人信息', provider: 'tax' })
@Share('UNCONDITIONAL')
@Key('fileNumber')
@Key('idNumber')
@Entity()
@ObjectType({ description: '纳税人' })
export class Taxpayer {
  @Subject('PERSON')
  @Field({ description: '公民身份号码' })
  @PrimaryKey()
  idNumber!: string;

  @Field({ description: '档案号' })
  @Property({ unique: true })
  fileNumber!: string;

  @Verifiable({ as: 'NAME' })
  @Field({ description: '姓名' })
  @Property()
  name!: string;

  @Scope('division')
  @Field({ description: '区划' })
  @Property()
  divisionCode!: string;

  @Share('NOT_SHARED', LAW)
  @Verifiable()
  @Field(() => GraphQLLocalDate, { nullable: true, description: '出生日期' })
  @Property({ type: 'date', nullable: true })
  birthDate?: string;

  @Share('CONDITIONAL')
  @Verifiable()
  @Mask('PHONE')
  @Reads('telephone')
  @Field(() => String, { nullable: true, name: 'phone', description: '电话' })
  get call(): string | undefined {
    if (this.telephone === UNREADABLE) throw new Error('the telephone directory is closed');
    return this.telephone;
  }

  @Property({ nullable: true })
  telephone?: string;

  @Share('NOT_SHARED', LAW)
  @Verifiable({ within: 100 })
  @Field(() => Int, { nullable: true, description: '年收入' })
  @Property({ nullable: true })
  income?: number;

  @Share('NOT_SHARED', LAW)
  @Verifiable({ bands: [10_000, 50_000] })
  @Field(() => Int, { nullable: true, description: '欠税' })
  @Property({ nullable: true })
  arrears?: number;

  @Share('NOT_SHARED', LAW)
  @Verifiable()
  @Field(() => Boolean, { nullable: true, description: '有无处罚' })
  @Property({ nullable: true })
  fined?: boolean;

  @Verifiable()
  @Share('CONDITIONAL')
  @Field(() => Level, { nullable: true, description: '信用等级' })
  @Enum({ items: () => Level, nullable: true })
  level?: Level;

  @Share('NOT_SHARED', LAW)
  @Verifiable()
  @Field(() => String, { nullable: true, description: '行业' })
  @Property({ nullable: true })
  trade?: string;
}

/** Of a key that the database finds however it is spelt. */
@Resource({ code: '301009/000002', name: '发票领用', provider: 'tax' })
@Share('UNCONDITIONAL')
@Key('number')
@Entity()
@ObjectType({ description: '发票领用' })
export class Permit {
  @Field(() => ID, { description: '编号' })
  @PrimaryKey({ type: 'uuid' })
  number!: string;

  @Share('NOT_SHARED', LAW)
  @Verifiable()
  @Field(() => String, { nullable: true, description: '领用人' })
  @Property({ nullable: true })
  holder?: string;
}

@Resolver()
export class TaxResolver {
  @Share('UNCONDITIONAL')
  @Query(() => Int)
  year(): number {
    return 2026;
  }
}

class CreateTaxpayers extends Migration {
  override up(): void {
    this
      .addSql(`create table taxpayer (id_number text primary key, file_number text not null unique, name text not null, division_code text not null,
      birth_date date, telephone text, income int, arrears int, fined boolean, level text, trade text)`);
    this.addSql('create table permit (number uuid primary key, holder text)');
    this.addSql(`insert into permit values ('${PERMIT}', '${FULL.name}')`);
    this.addSql('insert into permit select gen_random_uuid(), n from generate_series(1, 100) as n');
  }
}

export const TAXPAYERS = 300;
/** The first has every value, the second none, and one of the third cannot be read. */
export const [FULL, EMPTY, BROKEN] = [samplePerson(0), samplePerson(1), samplePerson(2)];
/** What is held of the first. */
export const HELD = {
  name: '阿依古丽·买买提',
  birthDate: '1990-05-06',
  phone: '13800001234',
  income: 48_000,
  arrears: 20_000,
  fined: false,
  level: 'A',
  trade: '餐饮',
} as const;
export const DIVISION = '330102';
export const PERMIT = '0198a0c2-5a0e-7c11-b4d2-3a7f6e1c9d55';

const COLUMNS = {
  id_number: 'text',
  file_number: 'text',
  name: 'text',
  division_code: 'text',
  birth_date: 'date',
  telephone: 'text',
  income: 'int4',
  arrears: 'int4',
  fined: 'bool',
  level: 'text',
  trade: 'text',
} as const;

export const taxOffice: DatabaseSubgraph = {
  name: 'tax-office',
  resolvers: [TaxResolver],
  types: [Taxpayer, Permit],
  entities: [Taxpayer, Permit],
  permissions: { Query: { year: allow } },
  migrations: [{ name: '001', class: CreateTaxpayers }],
  seed: {
    table: 'taxpayer',
    fill: async (insert) => {
      const { name, birthDate, phone, income, arrears, fined, level, trade } = HELD;
      const rows = Array.from({ length: TAXPAYERS }, (_, n) => {
        const { idNumber } = samplePerson(n);
        const file = `F${n}`;
        if (idNumber === FULL.idNumber)
          return [idNumber, file, name, DIVISION, birthDate, phone, income, arrears, fined, level, trade];
        if (idNumber === EMPTY.idNumber) return [idNumber, file, '王伟', DIVISION, ...Array<null>(7).fill(null)];
        const call = idNumber === BROKEN.idNumber ? UNREADABLE : `1390000${1000 + n}`;
        const day = new Date(Date.UTC(1950, 0, 1 + n * 7)).toISOString().slice(0, 10);
        return [idNumber, file, `某${n}`, '330106', day, call, n * 1000, n, n % 2 === 0, 'B', '零售'];
      });
      await insert('taxpayer', COLUMNS, rows);
    },
  },
};
