import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { composeServices } from '@theguild/federation-composition';
import { parse, visit } from 'graphql';
import { sdlOf } from '../subgraphs/schemas.js';

/** Writes the graph for every contender: `supergraph.graphql` for the peers, `supergraph.yaml` with the subgraphs' own
 *  SDL for ShareHub, which reads the share rules from it.
 *  @param urls    address of each subgraph by name
 *  @param sdlFor  SDL of a subgraph by name
 *  @returns paths of both */
export function writeGraph(folder, urls, sdlFor = sdlOf) {
  mkdirSync(folder, { recursive: true });
  const names = Object.keys(urls);
  const services = names.map((name) => ({ name, url: urls[name], typeDefs: withoutShares(parse(sdlFor(name))) }));
  const { supergraphSdl, errors } = composeServices(services);
  if (errors?.length) throw new Error(`The bench's subgraphs do not compose: ${errors.map(String).join('\n')}`);
  const supergraph = join(folder, 'supergraph.graphql');
  writeFileSync(supergraph, supergraphSdl);
  for (const name of names) writeFileSync(join(folder, `${name}.graphql`), sdlFor(name));
  const config = join(folder, 'supergraph.yaml');
  const entries = names.map(
    (name) => `  ${name}:\n    routing_url: ${urls[name]}\n    schema:\n      file: ${name}.graphql\n`,
  );
  writeFileSync(config, `federation_version: 2\nsubgraphs:\n${entries.join('')}`);
  return { supergraph, config };
}

/** A subgraph's document as a gateway that knows nothing of share types gets it. */
export function withoutShares(document) {
  const names = new Set();
  return visit(document, {
    Directive(node) {
      const values = Object.fromEntries((node.arguments ?? []).map(({ name, value }) => [name.value, value]));
      if (node.name.value !== 'link') return names.has(node.name.value) ? null : undefined;
      if (!values.url.value.startsWith('https://sharehub.dev/share/')) return undefined;
      for (const { value } of values.import.values) names.add(value.slice(1));
      return null;
    },
  });
}
