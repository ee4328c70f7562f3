import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { EntityClass, MikroORM } from '@mikro-orm/postgresql';
import { Directive, Field, FieldResolver, ID, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { openOrm, type DatabaseServer } from '../../shared/database/index.js';
import { HubError } from '../../shared/kernel/index.js';
import { Key } from '../../shared/share/decorators-federation.js';
import { Mask, Scope, Share } from '../../shared/share/decorators.js';
import { allow } from '../../shared/share/shield.js';
import { createSubgraph } from '../../shared/subgraph/create-subgraph.js';
import { Reads, type TypeClass } from '../../shared/subgraph/index.js';
import { openTestServer, testDatabaseName } from '../support/test-database.js';
import { CreateClinic } from './support/clinic.js';

@Resolver()
class AnyQuery {
  @Share('UNCONDITIONAL')
  @Query(() => String, { nullable: true })
  ping(): null {
    return null;
  }
}

let server: DatabaseServer;
let orm: MikroORM;
const database = testDatabaseName('refused');
beforeAll(async () => {
  server = await openTestServer();
  await server.createDatabase(database);
  orm = await openOrm({
    entities: [...Object.values(BROKEN).map(({ type }) => type), Whole, Answered] as EntityClass<object>[],
    migrations: [{ name: '001', class: CreateClinic }],
    url: server.url(database),
  });
}, 60_000);
afterAll(async () => {
  await orm.close(true);
  await server.dropDatabase(database);
  await server.stop();
});

const serve = (types: readonly TypeClass[], resolvers: readonly (new () => object)[] = []) =>
  createSubgraph({
    name: 'clinic',
    resolvers: [AnyQuery, ...resolvers],
    types,
    permissions: { Query: { ping: allow } },
    orm,
    key: 'unguarded',
    port: 0,
  });

/** Codes and places of what is refused; none where the subgraph starts. */
async function refusals(types: readonly TypeClass[], resolvers: readonly (new () => object)[] = []): Promise<string[]> {
  try {
    await (await serve(types, resolvers)).stop();
    return [];
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    expect(error.code).toBe('SUBGRAPH_INVALID');
    return (error.details['problems'] as { code: string; at: string }[]).map(({ code, at }) => `${code} ${at}`);
  }
}

@Share('UNCONDITIONAL')
@ObjectType()
class Home {
  @Field()
  street!: string;
}

@Key('code')
@Key('zip town')
@Entity({ tableName: 'town' })
@ObjectType()
class Whole {
  @Field(() => ID)
  @PrimaryKey()
  code!: string;

  @Field()
  @Property()
  town!: string;

  @Mask('HIDDEN')
  @Field(() => Int, { nullable: true })
  @Property()
  zip!: number;

  @Property()
  divisionCode!: string;

  @Scope('division')
  @Reads('divisionCode')
  @Field()
  get division(): string {
    return this.divisionCode;
  }
}

/** A class of an entity, with the key and the decorators under test. */
function entity(
  table: string,
  key: string | undefined,
  decorate: (of: typeof Object.prototype) => void = () => undefined,
) {
  class Place {
    code!: string;
    name!: string;
    town!: string;
    zip!: string;
  }
  const of = Place.prototype;
  PrimaryKey({ type: 'text' })(of, 'code');
  for (const name of ['name', 'town', 'zip'] as const) Property({ type: 'text', nullable: true })(of, name);
  for (const name of ['code', 'name', 'town'] as const) Field(() => String, { nullable: true })(of, name);
  decorate(of);
  if (key !== undefined) Key(key)(Place);
  ObjectType(`Place${table}`)(Place);
  Entity({ tableName: table })(Place);
  return Place as TypeClass;
}

const BROKEN: Readonly<Record<string, { type: TypeClass; refused: readonly string[] }>> = {
  'a key of records that are nested': {
    type: entity('k1', 'code home { street }', (of) => Field(() => Home, { nullable: true })(of, 'home')),
    refused: ['KEY_NESTED Placek1'],
  },
  'a key field that is computed': {
    type: entity('k2', 'label', (of) => {
      Reads('code')(of, 'label');
      Field(() => String)(of, 'label');
    }),
    refused: ['KEY_NOT_A_COLUMN Placek2.label'],
  },
  'a key field of a type that the column is not of': {
    type: entity('k3', 'number', (of) => {
      Property({ type: 'decimal' })(of, 'number');
      Field(() => ID)(of, 'number');
    }),
    refused: ['KEY_TYPE_DIFFERS Placek3.number'],
  },
  'a whole number as the key of a column of text': {
    type: entity('k4', 'zip', (of) => Field(() => Int)(of, 'zip')),
    refused: ['KEY_TYPE_DIFFERS Placek4.zip'],
  },
  'one key of two that cannot work': {
    type: entity('k5', 'code', (of) => {
      Key('label')(of.constructor);
      Field(() => String)(of, 'label');
    }),
    refused: ['KEY_NOT_A_COLUMN Placek5.label'],
  },
  'a scope that is computed of two columns': {
    type: entity('s1', undefined, (of) => {
      Reads('town', 'zip')(of, 'area');
      Scope('division')(of, 'area');
      Field(() => String)(of, 'area');
    }),
    refused: ['SCOPE_NOT_A_DIVISION Places1.area'],
  },
  'a scope of numbers': {
    type: entity('s2', undefined, (of) => {
      Property({ type: 'integer' })(of, 'number');
      Scope('division')(of, 'number');
      Field(() => Int)(of, 'number');
    }),
    refused: ['SCOPE_NOT_A_DIVISION Places2.number'],
  },
  'two scopes': {
    type: entity('s3', undefined, (of) => {
      Scope('division')(of, 'code');
      Scope('division')(of, 'name');
    }),
    refused: ['SCOPE_AMBIGUOUS Places3'],
  },
  'a scope by something that the hub does not know': {
    type: entity('s4', undefined, (of) => Scope('district' as 'division')(of, 'code')),
    refused: ['SCOPE_UNKNOWN Places4.code'],
  },
  'a scope that is a record without a code': {
    type: entity('s5', undefined, (of) => {
      Reads('code')(of, 'home');
      Scope('division')(of, 'home');
      Field(() => Home, { nullable: true })(of, 'home');
    }),
    refused: ['SCOPE_NOT_A_DIVISION Places5.home'],
  },
  'a mask on a number': {
    type: entity('m1', undefined, (of) => {
      Mask('PHONE')(of, 'number');
      Field(() => Int, { nullable: true })(of, 'number');
    }),
    refused: ['MASK_NOT_TEXT Placem1.number'],
  },
  'a mask on a list': {
    type: entity('m2', undefined, (of) => {
      Mask('NAME')(of, 'names');
      Field(() => [String], { nullable: true })(of, 'names');
    }),
    refused: ['MASK_NOT_TEXT Placem2.names'],
  },
  'a mask of an unknown form': {
    type: entity('m3', undefined, (of) => Directive('@mask(as: "FACE")')(of, 'name')),
    refused: ['MASK_UNKNOWN Placem3.name'],
  },
  'hiding what cannot be null': {
    type: entity('m4', undefined, (of) => {
      Mask('HIDDEN')(of, 'zip');
      Field(() => String)(of, 'zip');
    }),
    refused: ['MASK_NOT_NULLABLE Placem4.zip'],
  },
  // What only the database knows.
  'a key that may name several records, a primary key that does, and a scope of names': {
    type: entity('place', 'zip', (of) => {
      Scope('division')(of, 'name');
      Field(() => String)(of, 'zip');
    }),
    refused: ['KEY_NOT_UNIQUE Placeplace', 'SCOPE_NOT_A_DIVISION Placeplace'],
  },
  'a part of the primary key': {
    type: entity('part', 'code'),
    refused: ['PRIMARY_KEY_NOT_UNIQUE Placepart', 'KEY_NOT_UNIQUE Placepart'],
  },
};

const Answered = entity('r1', 'name');

describe('a subgraph does not start with', () => {
  it.each(Object.keys(BROKEN))('%s', async (what) => {
    const { type, refused } = BROKEN[what]!;
    expect(await refusals([type, Home])).toEqual(refused);
  });

  it('a scope on a type that has no rows here', async () => {
    @ObjectType()
    class Figure {
      @Scope('division')
      @Field()
      area!: string;
    }
    expect(await refusals([Figure])).toEqual(['SCOPE_WITHOUT_ROWS Figure.area']);
  });

  it('a key field that a resolver answers', async () => {
    @Resolver(() => Answered)
    class AnsweredResolver {
      @FieldResolver(() => String)
      name(): string {
        return 'another';
      }
    }
    expect(await refusals([Answered], [AnsweredResolver])).toEqual(['KEY_NOT_A_COLUMN Placer1.name']);
  });
});

it('starts with keys of several columns, a computed scope and a hidden number', async () => {
  expect(await refusals([Whole])).toEqual([]);
});

it('says what to do, in one message for all that is wrong', async () => {
  const { type } = BROKEN['two scopes']!;
  await expect(serve([type])).rejects.toThrow(
    'The subgraph clinic states what cannot work (1):\n  SCOPE_AMBIGUOUS Places3 marks code and name with @scope. Rows are narrowed by one item: mark one.',
  );
});
