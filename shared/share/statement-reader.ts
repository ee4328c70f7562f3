import type { ConstDirectiveNode, FieldDefinitionNode, InputValueDefinitionNode } from 'graphql';
import { SHARE_TYPES, stricter, type Coordinate } from '../kernel/index.js';
import type { InputUse, Resource, ShareProblem } from './share-index.js';
import { argument, type ShareDirective, type ShareNames } from './share-spec.js';
import type { InputStatement, ProviderStatement, ShareStatement, TypeNode } from './statements.js';

/** Finds the share directives on a node under whatever name the subgraph gave them. */
export class StatementReader {
  constructor(
    private readonly subgraph: string,
    private readonly names: ShareNames,
    private readonly problems: ShareProblem[],
    private readonly providers: ProviderStatement[],
  ) {}

  all(node: { directives?: readonly ConstDirectiveNode[] }, name: ShareDirective): ConstDirectiveNode[] {
    return (node.directives ?? []).filter((directive) => this.names.directives.get(directive.name.value) === name);
  }

  has(node: { directives?: readonly ConstDirectiveNode[] }, name: ShareDirective): boolean {
    return this.all(node, name).length > 0;
  }

  share(node: { directives?: readonly ConstDirectiveNode[] }, at: string): ShareStatement | undefined {
    return this.all(node, 'share')
      .map((directive): ShareStatement => {
        const basis = argument(directive, 'basis');
        const provider = textArgument(directive, 'provider');
        if (provider !== undefined) this.providers.push({ at, provider, implied: false });
        return {
          // A statement that cannot be read restricts fully; the problem keeps it from being published.
          shareType: this.pick(directive, 'type', SHARE_TYPES, at) ?? 'NOT_SHARED',
          basis: Array.isArray(basis) ? basis.map(String) : typeof basis === 'string' ? [basis] : [],
          condition: textArgument(directive, 'condition'),
          provider,
        };
      })
      .reduce<ShareStatement | undefined>(mergeShares, undefined);
  }

  resource(type: string, nodes: readonly TypeNode[]): Resource | undefined {
    const directive = nodes.flatMap((node) => this.all(node, 'resource'))[0];
    if (!directive) return undefined;
    const text = (name: string) => textArgument(directive, name);
    const code = text('code');
    const name = text('name');
    if (!code || !name) this.problem('RESOURCE_INCOMPLETE', `@resource on ${type} needs a code and a name.`, type);
    const provider = text('provider');
    this.providers.push({ at: type, provider: provider ?? this.subgraph, implied: provider === undefined });
    return {
      type,
      subgraph: this.subgraph,
      code: code ?? '',
      name: name ?? type,
      provider: provider ?? this.subgraph,
      library: text('library'),
      updateCycle: text('updateCycle'),
      category: text('category'),
    };
  }

  input(node: InputValueDefinitionNode, at: string): InputStatement | undefined {
    const share = this.share(node, at);
    const uses = this.uses(node, at);
    return share || uses.length > 0 ? { name: node.name.value, uses, share } : undefined;
  }

  /** Uses of items that an argument, an input field or an enum value states. */
  uses(node: { directives?: readonly ConstDirectiveNode[] }, at: string): InputUse[] {
    return (['filters', 'compares', 'groups', 'sums'] as const).flatMap((by) =>
      this.all(node, by).map((directive): InputUse => {
        const item = textArgument(directive, 'field') ?? '';
        if (!/^[^.\s]+\.[^.\s]+$/.test(item))
          this.problem('FILTERS_MALFORMED', `@${by} on ${at} needs field: "Type.field".`, at);
        return { item: item as Coordinate, by };
      }),
    );
  }

  list(node: FieldDefinitionNode, name: ShareDirective, argumentName: string): string[] {
    return this.all(node, name).flatMap((directive) => {
      const value = argument(directive, argumentName);
      return Array.isArray(value) ? value.map(String) : typeof value === 'string' ? [value] : [];
    });
  }

  text(node: FieldDefinitionNode, name: ShareDirective, argumentName: string, at: string): string | undefined {
    const directive = this.all(node, name)[0];
    const value = textArgument(directive, argumentName);
    if (directive && !value) this.problem('STATEMENT_INCOMPLETE', `@${name} on ${at} needs ${argumentName}.`, at);
    return value;
  }

  choice<T extends string>(
    node: FieldDefinitionNode,
    name: ShareDirective,
    argumentName: string,
    allowed: readonly T[],
    at: string,
  ): T | undefined {
    const directive = this.all(node, name)[0];
    return directive && this.pick(directive, argumentName, allowed, at);
  }

  private pick<T extends string>(
    directive: ConstDirectiveNode,
    name: string,
    allowed: readonly T[],
    at: string,
  ): T | undefined {
    const value = argument(directive, name);
    if (allowed.includes(value as T)) return value as T;
    this.problem(
      'STATEMENT_UNREADABLE',
      `@${directive.name.value} on ${at}: ${name} is ${String(value)}, must be one of ${allowed.join(', ')}.`,
      at,
    );
    return undefined;
  }

  private problem(code: string, message: string, at: string): void {
    this.problems.push({ code, severity: 'error', message, subgraph: this.subgraph, coordinate: at });
  }
}

/** The stricter of two statements. */
export function mergeShares(a: ShareStatement | undefined, b: ShareStatement | undefined): ShareStatement | undefined {
  if (!a || !b) return a ?? b;
  return stricter(a.shareType, b.shareType) === a.shareType ? a : b;
}

export function textArgument(directive: ConstDirectiveNode | undefined, name: string): string | undefined {
  const value = directive && argument(directive, name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
