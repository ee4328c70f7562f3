import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';
import { useClient, type OperationResult } from 'urql';
import { DepartmentsDocument, type DepartmentsQuery } from './departments.generated.js';

const Names = createContext<ReadonlyMap<string, string>>(new Map());

/** Knows the names of all departments for the pages below: asked once, for pages speak of departments by their codes. */
export function DepartmentNames({ children }: { children: ReactNode }) {
  const client = useClient();
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());
  useEffect(() => {
    const read = async () => {
      const known = new Map<string, string>();
      let after: string | null | undefined;
      do {
        const answer: OperationResult<DepartmentsQuery> = await client
          .query(DepartmentsDocument, { after })
          .toPromise();
        const page: DepartmentsQuery['departments'] | undefined = answer.data?.departments;
        for (const { code, name } of page?.nodes ?? []) known.set(code, name);
        after = page?.pageInfo.hasNextPage ? page.pageInfo.endCursor : undefined;
      } while (after != null);
      setNames(known);
    };
    void read();
  }, [client]);
  return <Names value={names}>{children}</Names>;
}

/** Names of departments by code. */
export const useDepartmentNames = (): ReadonlyMap<string, string> => useContext(Names);

/** @returns says a department's name as text, as `DepartmentName` does */
export function useDepartmentName(): (code: string | null | undefined) => string {
  const names = useDepartmentNames();
  return (code) => (code == null ? '—' : (names.get(code) ?? code));
}

/** A department's name; its code until that is known. */
export function DepartmentName({ code }: { code: string | null | undefined }) {
  return <>{useDepartmentName()(code)}</>;
}
