import { composeServices } from '@theguild/federation-composition';
import { parse, type GraphQLSchema } from 'graphql';
import { buildConsumerSchema } from '../../../gateway/supergraph/build-consumer-schema.js';
import { buildShareIndex, type ShareIndexOptions } from '../../../shared/share/build-share-index.js';
import { readSubgraphShares } from '../../../shared/share/read-subgraph.js';
import type { ShareIndex, ShareItem, ShareProblem } from '../../../shared/share/share-index.js';
import { stripShareDirectives } from '../../../shared/share/strip.js';
import { consentToProposals } from '../../support/proposed-consents.js';

const FEDERATION = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.8", import: ["@key", "@requires",
  "@external", "@provides", "@shareable", "@interfaceObject", "@override", "@inaccessible"])\n`;
const SHARE = `extend schema @link(url: "https://sharehub.dev/share/v1.1", import: ["@resource", "@share", "@basic", "@filters",
  "@compares", "@groups", "@sums", "@scope", "@subject", "@mask", "@verifiable", "@dimension", "@measure", "@derivable",
  "@copyOf"])\n`;

/** A subgraph's SDL with the usual links before it. */
export const sdl = (text: string): string => FEDERATION + SHARE + text;
/** With the federation link only. */
export const unlinked = (text: string): string => FEDERATION + text;

export interface Catalogue {
  readonly schema: GraphQLSchema;
  readonly index: ShareIndex;
  readonly problems: readonly ShareProblem[];
  /** Codes of the problems that keep the graph from being published, with where: `CODE Type.field`. */
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
  item(coordinate: string): ShareItem;
}

/** Composes subgraphs and reads what they say of sharing; owners consent to what `@derivable` proposes. Text without a link gets the usual ones.
 *  @throws when they do not compose */
export function catalogue(subgraphs: Readonly<Record<string, string>>, options?: ShareIndexOptions): Catalogue {
  const documents = Object.entries(subgraphs).map(([name, text]) => {
    return { name, typeDefs: parse(text.includes('@link(') ? text : sdl(text), { noLocation: true }) };
  });
  const composed = composeServices(
    documents.map(({ name, typeDefs }) => ({ name, url: `http://${name}`, typeDefs: stripShareDirectives(typeDefs) })),
  );
  if (!composed.publicSdl) throw new Error(composed.errors?.map(({ message }) => message).join('\n'));
  const plain = buildConsumerSchema(composed.publicSdl);
  const shares = documents.map(({ name, typeDefs }) => readSubgraphShares(name, typeDefs));
  const trust = { consents: consentToProposals(shares), now: 0 };
  const { index, problems } = buildShareIndex(plain, shares, { trust, ...options });
  const named = (severity: string) =>
    problems.filter((problem) => problem.severity === severity).map((p) => `${p.code} ${p.coordinate ?? ''}`.trim());
  return {
    schema: buildConsumerSchema(composed.publicSdl, index),
    index,
    problems,
    errors: named('error'),
    warnings: named('warning'),
    item: (coordinate) => {
      const item = index.byCoordinate.get(coordinate);
      if (!item) throw new Error(`${coordinate} is not in the index`);
      return item;
    },
  };
}

/** Share types in force, of these coordinates. */
export const typesOf = ({ index }: Catalogue, ...coordinates: readonly string[]): Record<string, string | undefined> =>
  Object.fromEntries(coordinates.map((at) => [at, index.byCoordinate.get(at)?.shareType]));
