import { Kind, visit } from 'graphql';
import { argument, importsOf, schemaLinks } from '../../../shared/share/share-spec.js';
import type { SubgraphRepair } from './repair.js';

const FEDERATION = /^https:\/\/specs\.apollo\.dev\/federation\/v2\.(\d+)\/?$/;
/** Newest version that the composer reads, and the newest whose link may be rewritten to it. */
const [COMPOSED, READ] = [9, 12];
/** Everything that federation v2.9 defines. */
const DEFINED = new Set(
  `@authenticated @composeDirective @context @cost @extends @external @fromContext @inaccessible @interfaceObject @key
   @link @listSize @override @policy @provides @requires @requiresScopes @shareable @tag
   ContextFieldValue FieldSet Policy Scope`.split(/\s+/),
);

/** Links of federation v2.10 to v2.12 are read as v2.9, whose directives they keep unchanged. An import that only the newer
 *  version defines is refused by name, for nothing here carries it out.
 *
 *  Stands for: `UNKNOWN_FEDERATION_LINK_VERSION` of @theguild/federation-composition 0.27.0 for v2.10 and later. */
export const readNewerFederationVersions: SubgraphRepair = ({ name, typeDefs }, problems) => {
  const links = new Set<unknown>();
  for (const link of schemaLinks(typeDefs)) {
    const url = String(argument(link, 'url'));
    const version = Number(FEDERATION.exec(url)?.[1] ?? 0);
    if (version <= COMPOSED) continue;
    if (version > READ) {
      problems.push({
        code: 'UNKNOWN_FEDERATION_LINK_VERSION',
        message: `Subgraph ${name} links federation v2.${version}, which this hub does not know. Link v2.${READ} or earlier.`,
        subgraph: name,
      });
      continue;
    }
    links.add(link);
    for (const entry of importsOf(link)) {
      if (!entry || DEFINED.has(entry.name)) continue;
      problems.push({
        code: 'DIRECTIVE_NOT_CARRIED_OUT',
        message: `Subgraph ${name} imports ${entry.name} of federation v2.${version}, and this hub does not carry that out. Leave it out.`,
        subgraph: name,
      });
    }
  }
  if (links.size === 0) return typeDefs;
  return visit(typeDefs, {
    Directive: (node) =>
      links.has(node)
        ? {
            ...node,
            arguments: node.arguments?.map((each) =>
              each.name.value === 'url' && each.value.kind === Kind.STRING
                ? { ...each, value: { ...each.value, value: each.value.value.replace(/v2\.\d+/, `v2.${COMPOSED}`) } }
                : each,
            ),
          }
        : undefined,
  });
};
