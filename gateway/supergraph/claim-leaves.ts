import {
  Kind,
  print,
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type InputValueDefinitionNode,
} from 'graphql';
import type { TypeNode } from '../../shared/share/statements.js';
import { namedType, outputFields, typesByName } from '../../shared/share/types-by-name.js';
import type { LoadedSubgraph } from './load-subgraphs.js';

/** Scalars and enums of a subgraph, which claims are given in. */
export class ClaimLeaves {
  private readonly types: ReturnType<typeof typesByName>;

  /** @param others  subgraphs that may define an enum of the same name, with other values */
  constructor(
    document: DocumentNode,
    private readonly others: readonly LoadedSubgraph[],
  ) {
    this.types = typesByName(document);
  }

  isCoded(type: string): boolean {
    return type === 'Boolean' || this.isEnum(type);
  }

  /** True for an item of a form in which a claim can be given. */
  isPlain(type: string, field: string): boolean {
    const node = outputFields(this.types.get(type) ?? []).find(({ name }) => name.value === field);
    if (!node || isHidden(node.directives) || node.arguments?.some(isRequired)) return false;
    const returns = namedType(node.type);
    return (
      !this.isEnum(returns) ||
      (!this.others.some(({ sdl }) => defines(sdl, returns)) && !(this.types.get(returns) ?? []).some(hasHidden))
    );
  }

  /** Definitions of the scalars and enums that some definitions name and do not define. */
  definitionsFor(definitions: readonly DefinitionNode[]): readonly DefinitionNode[] {
    const text = print({ kind: Kind.DOCUMENT, definitions });
    return [...this.types].flatMap(([name, nodes]): DefinitionNode[] => {
      if (defines(text, name) || !new RegExp(`: \\[?${name}\\b`).test(text)) return [];
      return nodes.flatMap((node): DefinitionNode[] => {
        if (node.kind === Kind.SCALAR_TYPE_DEFINITION) return [{ kind: node.kind, name: node.name }];
        if (node.kind !== Kind.ENUM_TYPE_DEFINITION && node.kind !== Kind.ENUM_TYPE_EXTENSION) return [];
        const values = node.values?.map(({ name, kind }) => ({ kind, name }));
        return [{ kind: node.kind, name: node.name, ...(values && { values }) }];
      });
    });
  }

  private isEnum(name: string): boolean {
    return (this.types.get(name) ?? []).some(({ kind }) => kind.startsWith('EnumType'));
  }
}

/** True for SDL that seems to define a type; it is not parsed for it. */
export const defines = (sdl: string, name: string): boolean =>
  new RegExp(`\\b(?:type|enum|input|interface|union|scalar)\\s+${name}\\b`).test(sdl);

const isRequired = ({ type, defaultValue }: InputValueDefinitionNode): boolean =>
  type.kind === Kind.NON_NULL_TYPE && defaultValue === undefined;

/** `@inaccessible`, under whatever namespace. */
const isHidden = (directives: readonly ConstDirectiveNode[] = []): boolean =>
  directives.some(({ name }) => name.value.endsWith('inaccessible'));
const hasHidden = (node: TypeNode): boolean =>
  isHidden(node.directives) || ('values' in node && (node.values ?? []).some(({ directives }) => isHidden(directives)));
