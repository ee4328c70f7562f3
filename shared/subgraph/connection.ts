import { Field, getMetadataStorage, Int, ObjectType, type ClassType } from 'type-graphql';
import { Shareable } from '../share/decorators-federation.js';
import { Share } from '../share/decorators.js';

/** One page of a list. @source https://relay.dev/graphql/connections.htm */
export interface Connection<T> {
  readonly edges: readonly Edge<T>[];
  /** The nodes of `edges`, for clients that need no cursor for each. */
  readonly nodes: readonly T[];
  readonly pageInfo: PageInfo;
  /** Records of the whole list, for a connection that is defined as counted. */
  readonly totalCount?: Promise<number> | number | null;
}
export interface Edge<T> {
  readonly cursor: string;
  readonly node: T;
}

/** The position of a page in its list. Every subgraph publishes the same type, as the specification names it, so it is
 *  shareable; it says nothing of any record, so it is unconditional. */
@Shareable()
@Share('UNCONDITIONAL')
@ObjectType({ description: '分页信息' })
export class PageInfo {
  @Field(() => Boolean, { description: '是否有下一页' })
  readonly hasNextPage!: boolean;

  @Field(() => Boolean, { description: '是否有上一页\nTrue on every page that was asked for with `after`.' })
  readonly hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: '首条游标' })
  readonly startCursor!: string | null;

  @Field(() => String, { nullable: true, description: '末条游标\nGive it as `after` to get the next page.' })
  readonly endCursor!: string | null;
}

export interface ConnectionNames {
  /** Chinese name of the records, e.g. 行政区划. */
  readonly title: string;
  /** GraphQL name of the node type in the names of its connection and edge; by default the node type's own. */
  readonly name?: string;
  /** Adds `totalCount`, which is counted where it is asked for: for lists that are answered by `rows`. */
  readonly counted?: boolean;
}

/** Defines the GraphQL types of a list: `XConnection` and `XEdge` for a node type `X`. Both are unconditional, since what
 *  may be refused is in the node, under its own share types.
 *  @param node  class of the node type, already decorated
 *  @example
 *  ```ts
 *  export const DivisionConnection = defineConnection(Division, { title: '行政区划' });
 *
 *  @Query(() => DivisionConnection, { nullable: true })
 *  divisions(…): Promise<Connection<Division>> { return rows.connection(Division, where, info, { first, after }); }
 *  ``` */
export function defineConnection<T extends object>(
  node: abstract new (...args: never[]) => T,
  { title, name = registeredName(node), counted = false }: ConnectionNames,
): ClassType<Connection<T>> {
  @Share('UNCONDITIONAL')
  @ObjectType(`${name}Edge`, { description: `${title}列表项` })
  class NodeEdge implements Edge<T> {
    @Field(() => String, { description: '游标' })
    readonly cursor!: string;

    @Field(() => node, { description: '记录' })
    readonly node!: T;
  }

  @Share('UNCONDITIONAL')
  @ObjectType(`${name}Connection`, { description: `${title}分页` })
  class NodeConnection implements Connection<T> {
    @Field(() => [NodeEdge], { description: '本页记录及其游标' })
    readonly edges!: NodeEdge[];

    @Field(() => [node], { description: '本页记录' })
    readonly nodes!: T[];

    @Field(() => PageInfo, { description: '分页信息' })
    readonly pageInfo!: PageInfo;
  }
  if (counted) Field(() => Int, { nullable: true, description: TOTAL_COUNT })(NodeConnection.prototype, 'totalCount');
  return NodeConnection;
}

const TOTAL_COUNT = '总数\nRecords that all pages together give you, whatever `first` and `after` are.';

export interface PageOf<T> {
  /** Size of the page that was asked for. */
  readonly first: number;
  readonly after?: string | null | undefined;
  readonly cursorOf: (row: T) => string;
  /** For lists that drop rows after they were read, where the last row read is not the last one shown: cursor after which
   *  the next page starts, null on the last page. */
  readonly continueAfter?: string | null | undefined;
  /** Counts the records of all pages. */
  readonly countAll?: (() => Promise<number>) | undefined;
}

/** Builds a page from its rows.
 *  @param rows  in order; one more than `first` where there is a next page, unless `continueAfter` says so */
export function toConnection<T>(rows: readonly T[], page: PageOf<T>): Connection<T> {
  const { first, after, cursorOf, continueAfter, countAll } = page;
  const nodes = rows.slice(0, first);
  // Cursors are made only where they are asked for.
  const edges = nodes.map((node) => ({
    node,
    get cursor() {
      return cursorOf(node);
    },
  }));
  return {
    edges,
    nodes,
    pageInfo: {
      hasNextPage: continueAfter === undefined ? rows.length > first : continueAfter !== null,
      hasPreviousPage: after != null,
      get startCursor() {
        return edges[0]?.cursor ?? null;
      },
      get endCursor() {
        return continueAfter ?? edges.at(-1)?.cursor ?? null;
      },
    },
    // As cursors.
    get totalCount() {
      return countAll?.() ?? null;
    },
  };
}

/** The same page with other nodes: rows as the graph shows them. */
export function mapConnection<T, U>(page: Connection<T>, toNode: (row: T) => U): Connection<U> {
  const { edges, pageInfo } = page;
  const mapped = edges.map((edge) => ({
    node: toNode(edge.node),
    get cursor() {
      return edge.cursor;
    },
  }));
  return {
    ...{ edges: mapped, nodes: mapped.map(({ node }) => node), pageInfo },
    get totalCount() {
      return page.totalCount ?? null;
    },
  };
}

function registeredName(node: abstract new (...args: never[]) => object): string {
  const found = getMetadataStorage().objectTypes.find(({ target }) => target === node);
  return found?.name ?? node.name;
}
