import { describe, expect, it } from '@jest/globals';
import { Directive, Field, ID, Int, InterfaceType, ObjectType, Query, Resolver } from 'type-graphql';
import { HubError } from '../../shared/kernel/index.js';
import {
  External,
  Inaccessible,
  InterfaceObject,
  Key,
  Override,
  Provides,
  Requires,
  Shareable,
  Tag,
} from '../../shared/share/decorators-federation.js';
import { Share } from '../../shared/share/decorators.js';
import { defineDirective } from '../../shared/share/define-directive.js';
import { allow } from '../../shared/share/shield.js';
import { createSubgraph, ResolveReference, type Reference, type TypeClass } from '../../shared/subgraph/index.js';

/** Codes of what is refused; none where the subgraph starts. */
async function refusals(types: readonly TypeClass[], more: readonly (new () => object)[] = []): Promise<string[]> {
  @Resolver()
  class AnyQuery {
    @Share('UNCONDITIONAL')
    @Query(() => String, { nullable: true })
    ping(): null {
      return null;
    }
  }
  try {
    const definition = { name: 'clinic', resolvers: [AnyQuery, ...more] as const, types };
    const permissions = { Query: { ping: allow } };
    const running = await createSubgraph({ ...definition, permissions, key: 'unguarded', port: 0 });
    await running.stop();
    return [];
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    expect(error.code).toBe('SUBGRAPH_INVALID');
    return (error.details['problems'] as { code: string; at: string }[]).map(({ code, at }) => `${code} ${at}`);
  }
}

let count = 0;
/** A type with the keys and the decorators under test. */
function type(keys: readonly string[], decorate: (of: object, typeClass: TypeClass) => void = () => undefined) {
  class Visit {
    id!: string;
    phone!: string;
  }
  Field(() => ID)(Visit.prototype, 'id');
  Field(() => String, { nullable: true })(Visit.prototype, 'phone');
  decorate(Visit.prototype, Visit);
  for (const key of keys) Key(key)(Visit);
  Share('UNCONDITIONAL')(Visit);
  ObjectType(`Visit${++count}`)(Visit);
  return Visit as TypeClass;
}

const REFUSED: Readonly<Record<string, readonly [() => TypeClass, string]>> = {
  'a key of a field that there is none of': [() => type(['number']), 'KEY_INVALID_FIELDS'],
  'a nested key of a field that is no record': [() => type(['id phone { number }']), 'KEY_INVALID_FIELDS'],
  'a key that is no field set': [() => type(['id {']), 'KEY_INVALID_FIELDS'],
  'an override from itself': [() => type(['id'], (of) => Override('clinic')(of, 'phone')), 'OVERRIDE_FROM_SELF_ERROR'],
  'an override from nobody': [() => type(['id'], (of) => Override('')(of, 'phone')), 'OVERRIDE_FROM_NOBODY'],
  'an override of what another resolves': [
    () =>
      type(['id'], (of) => {
        Override('hospital')(of, 'phone');
        External()(of, 'phone');
      }),
    'OVERRIDE_COLLISION_WITH_ANOTHER_DIRECTIVE',
  ],
  'an override of a part of the requests, which the hub does not carry out': [
    () => type(['id'], (of) => Directive('@override(from: "hospital", label: "percent(5)")')(of, 'phone')),
    'INVALID_GRAPHQL',
  ],
  'providing what is no record': [
    () => type(['id'], (of) => Provides('number')(of, 'phone')),
    'PROVIDES_ON_NON_OBJECT_FIELD',
  ],
  'providing a field that is its own': [
    () =>
      type(['id'], (of, self) => {
        Provides('phone')(of, 'before');
        Field(() => self, { nullable: true })(of, 'before');
      }),
    'PROVIDES_FIELDS_MISSING_EXTERNAL',
  ],
  'requiring a field that is its own': [
    () =>
      type(['id'], (of) => {
        Requires('id')(of, 'phone');
      }),
    'REQUIRES_FIELDS_MISSING_EXTERNAL',
  ],
  'a field of another subgraph that nothing uses': [
    () => type(['id'], (of) => External()(of, 'phone')),
    'EXTERNAL_UNUSED',
  ],
  'an interface object without a key': [
    () => type([], (_, self) => InterfaceObject()(self)),
    'INTERFACE_OBJECT_USAGE_ERROR',
  ],
  'a tag that is no name': [() => type(['id'], (of) => Tag('for press')(of, 'phone')), 'INVALID_TAG_NAME'],
  'a type of which nothing is to be seen': [
    () =>
      type(['id'], (of) => {
        Inaccessible()(of, 'id');
        Inaccessible()(of, 'phone');
      }),
    'ONLY_INACCESSIBLE_CHILDREN',
  ],
  'a directive that the hub does not carry out': [
    () => type(['id'], (of) => Directive('@authenticated')(of, 'phone')),
    'DIRECTIVE_NOT_CARRIED_OUT',
  ],
  'a directive of its own that it does not list': [
    () =>
      type(['id'], (_, self) =>
        defineDirective('https://clinic.test/audit/v1.0', 'directive @audit on OBJECT')()(self),
      ),
    'INVALID_GRAPHQL',
  ],
};

describe('a subgraph is not built with', () => {
  it.each(Object.keys(REFUSED))('%s', async (what) => {
    const [make, code] = REFUSED[what]!;
    expect((await refusals([make()])).map((line) => line.split(' ')[0])).toContain(code);
  });

  it('a shareable field of an interface', async () => {
    @InterfaceType()
    abstract class Place {
      @Shareable()
      @Field(() => ID)
      id!: string;
    }
    @Share('UNCONDITIONAL')
    @ObjectType({ implements: Place })
    class Ward extends Place {}
    expect((await refusals([Ward])).map((line) => line.split(' ')[0])).toContain('INVALID_SHAREABLE_USAGE');
  });

  it('a method for references to a type without that key, or two for one key', async () => {
    const Visit = type(['id phone']);
    @Resolver()
    class Visits {
      @ResolveReference(() => Visit, 'phone')
      byPhone(references: readonly Reference[]): null[] {
        return references.map(() => null);
      }
      @ResolveReference(() => Visit, 'id phone')
      byBoth(references: readonly Reference[]): null[] {
        return references.map(() => null);
      }
      @ResolveReference(() => Visit, 'phone id')
      byBothAgain(references: readonly Reference[]): null[] {
        return references.map(() => null);
      }
    }
    expect(await refusals([Visit], [Visits])).toEqual([
      'REFERENCE_RESOLVER_WITHOUT_KEY Visits.byPhone',
      'REFERENCE_RESOLVER_TWICE Visits.byBothAgain',
    ]);
  });

  it('an implementation of an interface with a key, whose records nobody can tell from the others', async () => {
    @Share('UNCONDITIONAL')
    @Key('id')
    @InterfaceType()
    abstract class Home {
      @Field(() => ID)
      id!: string;
    }
    @Share('UNCONDITIONAL')
    @Key('id')
    @ObjectType({ implements: Home })
    class Flat extends Home {
      @Field(() => Int, { nullable: true })
      floor?: number;
    }
    expect(await refusals([Flat])).toEqual(['INTERFACE_KEY_WITHOUT_ROWS Flat']);
  });
});

describe('a directive of one’s own is refused with', () => {
  it.each([
    ['an address without a version', 'https://clinic.test/audit', 'directive @audit on OBJECT'],
    ['an address without a name', 'https://clinic.test/v1.0', 'directive @audit on OBJECT'],
    ['no definition', 'https://clinic.test/audit/v1.0', 'type Audit { id: ID }'],
    ['two definitions', 'https://clinic.test/audit/v1.0', 'directive @a on OBJECT directive @b on OBJECT'],
    ['an argument of a type of its own', 'https://clinic.test/audit/v1.0', 'directive @audit(level: Level) on OBJECT'],
  ])('%s', (_what, spec, sdl) => {
    expect(() => defineDirective(spec, sdl)).toThrow(TypeError);
  });
});
