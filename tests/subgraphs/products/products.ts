import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Field, FieldResolver, Float, ID, Int, ObjectType, Query, Resolver, Root } from 'type-graphql';
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
} from '../../../shared/share/decorators-federation.js';
import { Share } from '../../../shared/share/decorators.js';
import { defineDirective } from '../../../shared/share/define-directive.js';
import { allow } from '../../../shared/share/shield.js';
import { ResolveReference, type Reference, type SubgraphContext } from '../../../shared/subgraph/index.js';
import type { SubgraphDefinition } from '../../../shared/subgraph/definition.js';

/** The products subgraph of the public subgraph compatibility suite, made with the kit: every directive of federation 2.3
 *  once. It keeps its few records in memory, so each entity has a method that finds them.
 *  @source https://github.com/apollographql/apollo-federation-subgraph-compatibility */
const Custom = defineDirective('https://myspecs.dev/myCustomDirective/v1.0', 'directive @custom on OBJECT');

@Share('UNCONDITIONAL')
@ObjectType()
class ProductVariation {
  @Field(() => ID)
  id!: string;
}

@Shareable()
@Share('UNCONDITIONAL')
@ObjectType()
class ProductDimension {
  @Field(() => String, { nullable: true })
  size?: string;

  @Field(() => Float, { nullable: true })
  weight?: number;

  @Inaccessible()
  @Field(() => String, { nullable: true })
  unit?: string;
}

@Share('UNCONDITIONAL')
@ObjectType()
class CaseStudy {
  @Field(() => ID)
  caseNumber!: string;

  @Field(() => String, { nullable: true })
  description?: string;
}

@Key('study { caseNumber }')
@Share('UNCONDITIONAL')
@ObjectType()
class ProductResearch {
  @Field(() => CaseStudy)
  study!: CaseStudy;

  @Field(() => String, { nullable: true })
  outcome?: string;
}

@Key('email')
@Share('UNCONDITIONAL')
@ObjectType()
class User {
  @Field(() => ID)
  email!: string;

  @Override('users')
  @Field(() => String, { nullable: true })
  name?: string;

  @External()
  @Field(() => Int, { nullable: true })
  totalProductsCreated?: number;

  @External()
  @Field(() => Int)
  yearsOfEmployment!: number;

  @Requires('totalProductsCreated yearsOfEmployment')
  @Field(() => Int, { nullable: true })
  get averageProductsCreatedPerYear(): number | null {
    return this.totalProductsCreated === undefined
      ? null
      : Math.round(this.totalProductsCreated / this.yearsOfEmployment);
  }
}

@Key('sku package')
@Share('UNCONDITIONAL')
@ObjectType()
class DeprecatedProduct {
  @Field()
  sku!: string;

  @Field()
  package!: string;

  @Field(() => String, { nullable: true })
  reason?: string;

  @Field(() => User, { nullable: true })
  createdBy?: User;
}

@Custom()
@Key('id')
@Key('sku package')
@Key('sku variation { id }')
@Share('UNCONDITIONAL')
@ObjectType()
class Product {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { nullable: true })
  sku?: string;

  @Field(() => String, { nullable: true })
  package?: string;

  @Field(() => ProductVariation, { nullable: true })
  variation?: ProductVariation;

  @Field(() => ProductDimension, { nullable: true })
  dimensions?: ProductDimension;

  @Provides('totalProductsCreated')
  @Field(() => User, { nullable: true })
  createdBy?: User;

  @Tag('internal')
  @Field(() => String, { nullable: true })
  notes?: string;

  @Field(() => [ProductResearch])
  research!: ProductResearch[];
}

@InterfaceObject()
@Key('id')
@Share('UNCONDITIONAL')
@ObjectType()
class Inventory {
  @Field(() => ID)
  id!: string;
}

const record = <T extends object>(type: new () => T, values: Partial<T>): T => Object.assign(new type(), values);
const USER = record(User, { email: 'support@apollographql.com', name: 'Jane Smith', totalProductsCreated: 1337 });
const study = (caseNumber: string, description: string) =>
  record(ProductResearch, { study: record(CaseStudy, { caseNumber, description }) });
const RESEARCH = [study('1234', 'Federation Study'), study('1235', 'Studio Study')] as const;
const DIMENSIONS = record(ProductDimension, { size: 'small', weight: 1, unit: 'kg' });
const PRODUCTS = [
  record(Product, {
    id: 'apollo-federation',
    sku: 'federation',
    package: '@apollo/federation',
    variation: { id: 'OSS' },
    dimensions: DIMENSIONS,
    createdBy: USER,
    research: [RESEARCH[0]],
  }),
  record(Product, {
    id: 'apollo-studio',
    sku: 'studio',
    package: '',
    variation: { id: 'platform' },
    dimensions: DIMENSIONS,
    createdBy: USER,
    research: [RESEARCH[1]],
  }),
];
const DEPRECATED = record(DeprecatedProduct, {
  sku: 'apollo-federation-v1',
  package: '@apollo/federation-v1',
  reason: 'Migrate to Federation V2',
  createdBy: USER,
});

/** The record that has every value of the reference, at any depth. */
const matching = <T extends object>(records: readonly T[], reference: Reference): T | null =>
  records.find((candidate) => holds(candidate, reference)) ?? null;
const holds = (record: unknown, part: unknown): boolean =>
  typeof part === 'object' && part !== null
    ? Object.entries(part).every(([name, value]) =>
        holds((record as Record<string, unknown> | undefined)?.[name], value),
      )
    : record === part;

@Resolver(() => Product)
class ProductResolver {
  /** Calls, each with its number of references. */
  static readonly calls: number[] = [];

  @Share('UNCONDITIONAL')
  @Query(() => Product, { nullable: true })
  product(@Arg('id', () => ID) id: string): Product | null {
    return matching(PRODUCTS, { id });
  }

  @Share('UNCONDITIONAL')
  @Query(() => DeprecatedProduct, { nullable: true, deprecationReason: 'Use product query instead' })
  deprecatedProduct(@Arg('sku') sku: string, @Arg('package') packageName: string): DeprecatedProduct | null {
    return matching([DEPRECATED], { sku, package: packageName });
  }

  @ResolveReference(() => Product)
  findProducts(references: readonly Reference[], _: SubgraphContext, __: GraphQLResolveInfo): (Product | null)[] {
    ProductResolver.calls.push(references.length);
    return references.map((reference) => matching(PRODUCTS, reference));
  }

  @ResolveReference(() => DeprecatedProduct, 'package sku')
  findDeprecated(references: readonly Reference[]): (DeprecatedProduct | null)[] {
    return references.map((reference) => matching([DEPRECATED], reference));
  }

  @ResolveReference(() => ProductResearch)
  async findResearch(references: readonly Reference[]): Promise<(ProductResearch | null)[]> {
    return references.map((reference) => matching(RESEARCH, reference));
  }
}

@Resolver(() => User)
class UserResolver {
  @ResolveReference(() => User)
  findUsers(references: readonly Reference[]): (User | null)[] {
    return references.map(({ email }) => matching([USER], { email }));
  }
}

@Resolver(() => Inventory)
class InventoryResolver {
  @FieldResolver(() => [DeprecatedProduct])
  deprecatedProducts(@Root() { id }: Inventory): DeprecatedProduct[] {
    return id === 'apollo-oss' ? [DEPRECATED] : [];
  }
}

export const referenceCalls = ProductResolver.calls;
export const products: SubgraphDefinition = {
  name: 'products',
  resolvers: [ProductResolver, UserResolver, InventoryResolver],
  types: [Product, DeprecatedProduct, ProductVariation, ProductResearch, CaseStudy, ProductDimension, User, Inventory],
  directives: [Custom],
  permissions: { Query: { product: allow, deprecatedProduct: allow } },
};
