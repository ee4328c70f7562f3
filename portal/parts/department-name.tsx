import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { useClient, type OperationResult } from 'urql';
import { DepartmentsDocument, type DepartmentsQuery } from './departments.generated.js';

interface KnownName {
  readonly name: string;
  /** The oldest first. */
  readonly formerNames: readonly { readonly name: string; readonly until: string }[];
}
type KnownNames = ReadonlyMap<string, KnownName>;

const Names = createContext<KnownNames>(new Map());

/** Knows the names of all departments for the pages below: asked once, for pages speak of departments by their codes. */
export function DepartmentNames({ children }: { children: ReactNode }) {
  const client = useClient();
  const [names, setNames] = useState<KnownNames>(new Map());
  useEffect(() => {
    const read = async () => {
      const known = new Map<string, KnownName>();
      let after: string | null | undefined;
      do {
        const answer: OperationResult<DepartmentsQuery> = await client
          .query(DepartmentsDocument, { after })
          .toPromise();
        const page: DepartmentsQuery['departments'] | undefined = answer.data?.departments;
        for (const { code, ...names } of page?.nodes ?? []) known.set(code, names);
        after = page?.pageInfo.hasNextPage ? page.pageInfo.endCursor : undefined;
      } while (after != null);
      setNames(known);
    };
    void read();
  }, [client]);
  return <Names value={names}>{children}</Names>;
}

/** Names that departments have now, by code. */
export function useDepartmentNames(): ReadonlyMap<string, string> {
  const known = useContext(Names);
  return useMemo(() => new Map([...known].map(([code, { name }]) => [code, name])), [known]);
}

/** @returns says a department's name as text, as `DepartmentName` does */
export function useDepartmentName(): (code: string | null | undefined, at?: string | null) => string {
  const known = useContext(Names);
  return (code, at) => {
    if (code == null) return '—';
    const names = known.get(code);
    const former = at == null ? undefined : names?.formerNames.find(({ until }) => Date.parse(at) < Date.parse(until));
    return former?.name ?? names?.name ?? code;
  };
}

/** A department's name; its code until that is known.
 *  @param at  instant of the record that names it: it is shown under the name that it had then */
export function DepartmentName({ code, at }: { code: string | null | undefined; at?: string | null }) {
  return <>{useDepartmentName()(code, at)}</>;
}
