import type { FederatedField, FederatedSchema, FederatedType, LocalField, LocalType } from './federated-schema.js';

/** A federated schema without its types: plain values, which cross to another thread. */
export interface FederatedFrame {
  readonly subgraphs: ReadonlyMap<string, string>;
  readonly labels: ReadonlySet<string>;
  /** Object types by each abstract type that they meet. */
  readonly possible: ReadonlyMap<string, ReadonlySet<string>>;
  /** Object types by `graph type` of the abstract type. */
  readonly local: ReadonlyMap<string, readonly string[]>;
}

/** A type as JSON has it. */
type TypeText = Omit<FederatedType, 'in' | 'fields'> & {
  readonly in: readonly (readonly [string, LocalType])[];
  readonly fields: readonly (readonly [string, readonly (readonly [string, LocalField])[]])[];
};

/** The types of a federated schema as texts, one for each: a gateway reads those that its operations come across. */
export function* writeFederatedTypes(types: Iterable<FederatedType>): Generator<readonly [name: string, text: string]> {
  for (const { name, kind, in: local, fields, interfaces } of types) {
    const text: TypeText = {
      ...{ name, kind, interfaces },
      in: [...local],
      fields: [...fields.values()].map((field) => [field.name, [...field.in]] as const),
    };
    yield [name, JSON.stringify(text)];
  }
}

function readFederatedType(text: string): FederatedType {
  const { name, kind, interfaces, in: local, fields } = JSON.parse(text) as TypeText;
  return {
    ...{ name, kind, interfaces },
    in: new Map(local),
    fields: new Map(
      fields.map(([field, graphs]): [string, FederatedField] => [field, { name: field, in: new Map(graphs) }]),
    ),
  };
}

/** A type that is read of its text when it is wanted. */
export interface FederatedEntry {
  read(): FederatedType;
}

export function toEntry(text: string): FederatedEntry {
  let type: FederatedType | undefined;
  let unread: string | undefined = text;
  return {
    read() {
      if (type === undefined) {
        type = readFederatedType(unread!);
        unread = undefined;
      }
      return type;
    },
  };
}

/** Types that are read when they are looked up. */
export class FederatedTypes implements Pick<ReadonlyMap<string, FederatedType>, 'get' | 'has'> {
  constructor(private readonly entries: ReadonlyMap<string, FederatedEntry>) {}

  has(name: string): boolean {
    return this.entries.has(name);
  }

  get(name: string): FederatedType | undefined {
    return this.entries.get(name)?.read();
  }
}

/** Puts a schema together again. */
export function createFederatedSchema(
  { subgraphs, labels, possible, local }: FederatedFrame,
  types: FederatedSchema['types'],
): FederatedSchema {
  const possibleTypes = (type: string): ReadonlySet<string> => possible.get(type) ?? NONE;
  return {
    subgraphs,
    types,
    labels,
    possibleTypes,
    possibleTypesIn: (graph, type) => local.get(`${graph} ${type}`) ?? [],
    meets: (type, condition) =>
      type === condition ||
      possibleTypes(condition).has(type) ||
      (types.get(type)?.interfaces.includes(condition) ?? false) ||
      (types.get(type)?.kind !== 'object' && isWithin(possibleTypes(type), possibleTypes(condition))),
  };
}

const NONE: ReadonlySet<string> = new Set();
const isWithin = (inner: ReadonlySet<string>, outer: ReadonlySet<string>): boolean =>
  inner.size > 0 && [...inner].every((each) => outer.has(each));
