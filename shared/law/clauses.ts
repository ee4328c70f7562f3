import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { schemaFolder } from './schema-folder.js';

/** One obligation of a regulation, as schema/clauses.tsv holds it. */
export interface Clause {
  /** Such as `QZ-5.4c`: prefix of the jurisdiction, article, letter. */
  readonly id: string;
  /** Such as `Quanzhou`. */
  readonly jurisdiction: string;
  /** Article as the text numbers it, such as 五(四) or 第十一条. */
  readonly article: string;
  /** Its words, quoted from the regulation. */
  readonly text: string;
  /** The obligation, in English. */
  readonly meaning: string;
  /** Subject: application, audit, catalogue, grant, … */
  readonly kind: string;
  /** Role of software: carries it out (yes), helps with it (support), or none (no). */
  readonly software: 'yes' | 'support' | 'no';
}

const readClauses = (): ReadonlyMap<string, Clause> =>
  new Map(
    readFileSync(join(schemaFolder(), 'clauses.tsv'), 'utf8')
      .split('\n')
      .slice(1)
      .filter((line) => line !== '')
      .map((line) => {
        const [id, jurisdiction, article, text, meaning, kind, software] = line.split('\t') as [string, ...string[]];
        return [id, { id, jurisdiction, article, text, meaning, kind, software } as Clause];
      }),
  );

let known: ReadonlyMap<string, Clause> | undefined;

/** Every clause of the five regulations by its id, in the order of the texts. Read once. */
export const clauses = (): ReadonlyMap<string, Clause> => (known ??= readClauses());

/** The words of a clause and where they stand, for people to read: 五(四) 经数据管理机构会同数据生产单位会商同意后进行共享.
 *  @param own  clauses that a profile brings itself (`Profile.clauseTexts`), looked at after the list
 *  @returns undefined for an id that neither knows */
export function clauseText(
  id: string,
  own: Readonly<Record<string, { readonly article: string; readonly text: string }>> = {},
): string | undefined {
  const clause = clauses().get(id) ?? (Object.hasOwn(own, id) ? own[id] : undefined);
  return clause && `${clause.article} ${clause.text}`;
}
