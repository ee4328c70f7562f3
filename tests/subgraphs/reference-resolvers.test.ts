import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Migration } from '@mikro-orm/migrations';
import type { GraphQLResolveInfo } from 'graphql';
import { Field, ID, InterfaceType, ObjectType, Query, Resolver } from 'type-graphql';
import type { DatabaseServer } from '../../shared/database/index.js';
import { HubError } from '../../shared/kernel/index.js';
import { Key } from '../../shared/share/decorators-federation.js';
import { Scope, Share } from '../../shared/share/decorators.js';
import { allow } from '../../shared/share/shield.js';
import {
  Reads,
  ResolveReference,
  type DatabaseSubgraph,
  type Reference,
  type SubgraphContext,
} from '../../shared/subgraph/index.js';
import { startTestSubgraph, type TestSubgraph } from '../../shared/subgraph/testing/index.js';
import { openTestServer } from '../support/test-database.js';

@Share('UNCONDITIONAL')
@ObjectType()
class Ward {
  @Field(() => ID)
  code!: string;
}

@Share('UNCONDITIONAL')
@Key('id')
@InterfaceType()
abstract class Device {
  @Field(() => ID)
  id!: string;
}

/** A device of a ward: found by id, by number within its ward, and by a name that only a method knows to read. */
@Share('UNCONDITIONAL')
@Key('id')
@Key('number ward { code }')
@Key('label')
@Entity({ tableName: 'scanner' })
@ObjectType({ implements: Device })
class Scanner extends Device {
  @PrimaryKey()
  declare id: string;

  @Field(() => String)
  @Property()
  number!: string;

  @Property()
  wardCode!: string;

  /** The ward of `broken` is another one than the column says. */
  @Reads('wardCode')
  @Field(() => Ward)
  get ward(): Ward {
    return { code: this.wardCode === 'broken' ? 'W1' : this.wardCode };
  }

  @Reads('number')
  @Field(() => String, { nullable: true })
  get label(): string {
    return `No. ${this.number}`;
  }

  @Scope('division')
  @Field(() => String, { nullable: true })
  @Property({ nullable: true })
  division?: string;
}

@Share('UNCONDITIONAL')
@Key('id')
@Entity({ tableName: 'pump' })
@ObjectType({ implements: Device })
class Pump extends Device {
  @PrimaryKey()
  declare id: string;
}

@Resolver(() => Scanner)
class ScannerResolver {
  @Share('UNCONDITIONAL')
  @Query(() => String, { nullable: true })
  ping(): null {
    return null;
  }

  @ResolveReference(() => Scanner, 'label')
  async byLabel(
    references: readonly Reference[],
    { rows }: SubgraphContext,
    info: GraphQLResolveInfo,
  ): Promise<(Scanner | Error | null)[]> {
    const numbers = references.map(({ label }) => String(label).replace('No. ', ''));
    const found = await rows.find(Scanner, { number: { $in: numbers }, wardCode: 'W1' }, info);
    return numbers.map((number) => {
      if (number === 'bad') return new HubError('BAD_USER_INPUT', 'No such label.');
      if (number === 'elsewhere') return Object.assign(new Scanner(), { id: 'X', number, division: '110101' });
      return found.find((scanner) => scanner.label === `No. ${number}`) ?? null;
    });
  }
}

class CreateDevices extends Migration {
  override up(): void {
    this.addSql(`
      create table scanner (id text primary key, number text not null, ward_code text not null, division text,
        unique (number, ward_code));
      create table pump (id text primary key);
      insert into scanner values ('S1', '1', 'W1', '330102'), ('S2', '2', 'W1', '330106'), ('S3', '1', 'W2', '330102'),
        ('S4', '4', 'broken', '330102');
      insert into pump values ('P1');
    `);
  }
}

const devices: DatabaseSubgraph = {
  name: 'devices',
  resolvers: [ScannerResolver],
  types: [Scanner, Pump, Ward],
  entities: [Scanner, Pump],
  permissions: { Query: { ping: allow } },
  migrations: [{ name: '001', class: CreateDevices }],
};

let server: DatabaseServer;
let subgraph: TestSubgraph;
beforeAll(async () => {
  server = await openTestServer();
  subgraph = await startTestSubgraph(devices, { server });
}, 60_000);
beforeEach(() => subgraph.forget());
afterAll(async () => {
  await subgraph.stop();
  await server.stop();
});

const entities = async (type: string, references: readonly object[], context = {}) => {
  const { records, errors } = await subgraph.entities(type, references, '... on Device { id __typename }', { context });
  return {
    ids: records.map((one) => one?.['id'] ?? null),
    types: records.map((one) => one?.['__typename'] ?? null),
    codes: errors.map(({ extensions }) => extensions.code),
  };
};

describe('a key with the field of a nested record', () => {
  it('finds rows by the column that the record is made of, in one statement', async () => {
    const { ids, codes } = await entities('Scanner', [
      { number: '1', ward: { code: 'W2' } },
      { number: '1', ward: { code: 'W1' } },
      { number: '2', ward: { code: 'W2' } },
      { number: '1', ward: {} },
      { number: '1', ward: 'W1' },
    ]);
    expect([ids, codes, subgraph.statements.length]).toEqual([['S3', 'S1', null, null, null], [], 1]);
  });

  it('gives no row whose record is another one than its column says', async () => {
    expect((await entities('Scanner', [{ number: '4', ward: { code: 'broken' } }])).ids).toEqual([null]);
  });

  it('is cut to a district like any other', async () => {
    const references = [
      { number: '1', ward: { code: 'W1' } },
      { number: '2', ward: { code: 'W1' } },
    ];
    expect((await entities('Scanner', references, { rows: { Scanner: ['330102'] } })).ids).toEqual(['S1', null]);
  });
});

describe('a method of the provider’s own', () => {
  it('finds the records of its key alone, all of a request in one statement', async () => {
    const { ids, codes } = await entities('Scanner', [
      { label: 'No. 2' },
      { id: 'S3' },
      { label: 'No. 9' },
      { label: 'No. 1' },
    ]);
    expect([ids, codes, subgraph.statements.length]).toEqual([['S2', 'S3', null, 'S1'], [], 2]);
  });

  it('fails one reference without the others', async () => {
    expect(await entities('Scanner', [{ label: 'No. bad' }, { label: 'No. 1' }])).toMatchObject({
      ids: [null, 'S1'],
      codes: ['BAD_USER_INPUT'],
    });
  });

  it('gives nothing outside the grant’s divisions, and no record that the kit has not read', async () => {
    const labels = [{ label: 'No. 1' }, { label: 'No. 2' }, { label: 'No. elsewhere' }];
    expect(await entities('Scanner', labels, { rows: { Scanner: ['330102'] } })).toMatchObject({
      ids: ['S1', null, null],
      codes: ['OUT_OF_SCOPE'],
    });
    expect((await entities('Scanner', labels)).ids).toEqual(['S1', 'S2', 'X']);
  });
});

describe('a reference to an interface with a key', () => {
  it('is found in whichever table has it, under its own type', async () => {
    expect(await entities('Device', [{ id: 'P1' }, { id: 'S2' }, { id: 'none' }])).toEqual({
      ids: ['P1', 'S2', null],
      types: ['Pump', 'Scanner', null],
      codes: [],
    });
    expect(subgraph.statements.length).toBe(2);
  });
});
