import type { GraphQLFieldResolver, GraphQLResolveInfo } from 'graphql';
import {
  inDivision,
  orderByDivision,
  type PageRequest,
  type ResolverMap,
  type SubgraphContext,
  type TypeClass,
} from '../../subgraph/index.js';
import type { Declaration, DeclaredRelation, DeclaredType } from '../declaration-schema.js';
import { scopeIn } from './declared-sdl.js';

type Arguments = Readonly<Record<string, unknown>>;
type Resolve = (row: Arguments, args: Arguments, context: SubgraphContext, info: GraphQLResolveInfo) => unknown;
type Fields = Readonly<Record<string, GraphQLFieldResolver<never, never, never>>>;

/** Resolvers of a declaration's root fields and relations. Every row comes from the kit's reader. */
export class DeclaredResolvers {
  constructor(
    private readonly declaration: Declaration,
    private readonly classes: ReadonlyMap<string, TypeClass>,
  ) {}

  byType(): ResolverMap {
    const { types, extends: extended } = this.declaration;
    const roots = Object.entries(types).flatMap(([name, type]) => [
      ...Object.entries(type.lists).map(([list, filters]) => [list, this.list(name, type, filters)] as const),
      ...Object.entries(type.lookups).map(([lookup, key]) => [lookup, this.lookup(name, key)] as const),
    ]);
    const relations = [
      ...Object.entries(types).map(([name, type]) => [name, this.relations(type.relations, type.keys[0]!)] as const),
      ...Object.entries(extended).map(
        ([name, { key, relations: added }]) => [name, this.relations(added, Object.keys(key))] as const,
      ),
    ].filter(([, fields]) => Object.keys(fields).length > 0);
    return {
      ...(roots.length > 0 && { Query: Object.fromEntries(roots) }),
      ...Object.fromEntries(relations),
    };
  }

  private list(name: string, type: DeclaredType, filters: readonly string[]): Resolve {
    const rowClass = this.classOf(name);
    const division = scopeIn(type, filters);
    return (_, args, { rows }, info) => {
      const where = filters
        .filter((item) => args[item] != null)
        .map((item) => ({ [item]: isDivision(type, item) ? inDivision(args[item] as string) : args[item] }));
      const order =
        division === undefined ? undefined : orderByDivision(args[division] as string | null | undefined, division);
      return rows.connection(rowClass, { $and: where }, info, { ...pageOf(args), order });
    };
  }

  private lookup(name: string, key: readonly string[]): Resolve {
    return (_, args, { rows }, info) =>
      key.length === 1
        ? rows.one(this.classOf(name), key[0]!, args[key[0]!], info)
        : rows.find(this.classOf(name), args as never, info, { limit: 1 }).then(([row]) => row ?? null);
  }

  /** @param known  items by which the records that have the relations are known */
  private relations(relations: Readonly<Record<string, DeclaredRelation>>, known: readonly string[]): Fields {
    return Object.fromEntries(
      Object.entries(relations).map(([field, relation]) => [
        field,
        (relation.key ? this.toOne(relation.type, relation.key) : this.toReferring(relation, known[0]!)) as never,
      ]),
    );
  }

  /** To the record that items of a row name: one of this subgraph's, or another department's, which finds it. */
  private toOne(type: string, key: Readonly<Record<string, string>>): Resolve {
    const isOwn = Object.hasOwn(this.declaration.types, type);
    const typeClass = this.classOf(type);
    return (row, _args, context, info) => {
      const named = Object.entries(key).map(([field, item]) => [field, row[item]] as const);
      if (named.some(([, value]) => value == null)) return null;
      const reference = Object.fromEntries(named);
      if (isOwn) return context.rows.referred(typeClass, reference, context, info);
      return Object.assign(Object.create(typeClass.prototype as object) as object, reference);
    };
  }

  /** To the records that refer to a row. */
  private toReferring({ type, by, many }: DeclaredRelation, known: string): Resolve {
    const typeClass = this.classOf(type);
    return (row, args, { rows }, info) => {
      if (many === 'pages') return rows.connectionOf(typeClass, by!, row[known], info, pageOf(args));
      return many ? rows.many(typeClass, by!, row[known], info) : rows.one(typeClass, by!, row[known], info);
    };
  }

  private classOf(name: string): TypeClass & (abstract new () => object) {
    return this.classes.get(name)!;
  }
}

const isDivision = (type: DeclaredType, item: string): boolean => scopeIn(type, [item]) !== undefined;

const pageOf = ({ first, after }: Arguments): PageRequest => ({
  first: first as number,
  after: after as string | null | undefined,
});
