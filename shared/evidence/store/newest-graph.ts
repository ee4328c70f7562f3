import { VARIANT_PREFIX } from '../graph-record.js';

/** SQL for the version of the graph that came into force last, a variant aside (see `GraphRecord`); one that was in force before may have come again. Where the
 *  record of that was archived, it is the one that was new last. */
export const NEWEST_GRAPH = `coalesce(
  (select substr(object, 7) from evidence.record where kind = 'graph' and object not like 'graph/${VARIANT_PREFIX}%' order by at desc, position desc limit 1),
  (select version from evidence.graph where version not like '${VARIANT_PREFIX}%' order by position desc limit 1))`;
