import { useSearchParams } from 'react-router';

const CURSORS = 'page';

/** Filters and page of a list, kept in the address: a list can be sent as a link, and the back button leads back through it. */
export interface ListState {
  /** A filter's value; undefined where it is not set. */
  readonly filter: (name: string) => string | undefined;
  /** Sets filters, and goes to the first page. */
  readonly setFilters: (values: Readonly<Record<string, string | undefined>>) => void;
  /** Cursor that the page starts after; undefined on the first. */
  readonly after: string | undefined;
  readonly isFirst: boolean;
  readonly next: (cursor: string) => void;
  readonly previous: () => void;
}

export function useListState(): ListState {
  const [params, setParams] = useSearchParams();
  const cursors = params.getAll(CURSORS);
  const goTo = (pages: readonly string[]) => {
    const changed = new URLSearchParams(params);
    changed.delete(CURSORS);
    for (const page of pages) changed.append(CURSORS, page);
    setParams(changed);
  };
  return {
    filter: (name) => params.get(name) ?? undefined,
    setFilters: (values) => {
      const changed = new URLSearchParams(params);
      changed.delete(CURSORS);
      for (const [name, value] of Object.entries(values)) {
        if (value === undefined || value === '') changed.delete(name);
        else changed.set(name, value);
      }
      setParams(changed);
    },
    after: cursors.at(-1),
    isFirst: cursors.length === 0,
    next: (cursor) => goTo([...cursors, cursor]),
    previous: () => goTo(cursors.slice(0, -1)),
  };
}
