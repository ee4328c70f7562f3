import { useCallback, useEffect, useRef, useState } from 'react';
import type { Types } from '../../parts/query/described-types.js';
import { readTypes } from '../../parts/query/read-types.js';

/** Types that one request describes, at most. */
const AT_ONCE = 50;

export interface KnownTypes {
  readonly types: Types;
  /** Asks for types that are not known yet.
   *  @returns all that are known then */
  readonly need: (names: readonly string[]) => Promise<Types>;
  readonly failed: boolean;
  readonly reload: () => void;
}

/** The types that the page has come to, with the decisions under a purpose. Another purpose has them asked again. */
export function useTypes(scenario: string | undefined): KnownTypes {
  const [types, setTypes] = useState<Types>(new Map());
  const [failed, setFailed] = useState(false);
  const known = useRef<Types>(types);
  const wanted = useRef(new Set(['Query']));
  const purpose = useRef(scenario);

  const load = useCallback(
    async (names: readonly string[]): Promise<Types> => {
      const parts = Array.from({ length: Math.ceil(names.length / AT_ONCE) }, (_, at) =>
        names.slice(at * AT_ONCE, (at + 1) * AT_ONCE),
      );
      try {
        const read = (await Promise.all(parts.map((part) => readTypes(part, scenario)))).flat();
        // What comes late, for a purpose that is no longer chosen, is not shown.
        if (purpose.current !== scenario) return known.current;
        known.current = new Map([...known.current, ...read.map((type) => [type.name, type] as const)]);
        setTypes(known.current);
        setFailed(false);
      } catch {
        for (const name of names) if (!known.current.has(name)) wanted.current.delete(name);
        wanted.current.add('Query');
        setFailed(true);
      }
      return known.current;
    },
    [scenario],
  );
  useEffect(() => {
    purpose.current = scenario;
    void load([...wanted.current]);
  }, [load, scenario]);

  const need = useCallback(
    async (names: readonly string[]) => {
      const more = names.filter((name) => !wanted.current.has(name));
      for (const name of more) wanted.current.add(name);
      return more.length > 0 ? load(more) : known.current;
    },
    [load],
  );
  return { types, need, failed, reload: () => void load([...wanted.current]) };
}
