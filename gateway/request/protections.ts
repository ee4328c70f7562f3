/** The subjects whose records are withheld from one caller. */
export interface RequestProtections {
  /** Differs where another subject is withheld. */
  readonly name: string;
  /** The part that holds for the records of one subgraph; undefined where nothing is withheld there. */
  of(subgraph: string): SubgraphProtections | undefined;
}

/** The subjects whose records one subgraph must not give. */
export interface SubgraphProtections {
  /** The list as it is sent to the subgraph, and the digest that names it in a context. */
  readonly text: string;
  readonly digest: string;
  /** True for a record of a withheld subject.
   *  @param type        of the record
   *  @param identifier  as the record has it */
  withholds(type: string, identifier: string): boolean;
  /** Owner of whose subjects one cannot be told, so that nothing of it may be asked for. */
  readonly unreadable?: string;
}

/** Field that holds the identifier of the subject, by type, for the records that each subgraph keeps. */
export type SubjectFields = ReadonlyMap<string, ReadonlyMap<string, string>>;
