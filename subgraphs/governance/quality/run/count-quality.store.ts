import { sql } from 'kysely';
import type { Database } from '../../core/index.js';
import { qualityTables } from '../tables.js';

/** Counts and the mean score of the resources of each provider.
 *  @param provider  only of this one, where given */
export function countQuality(database: Database, provider?: string) {
  return qualityTables(database)
    .selectFrom('resource_quality')
    .select((eb) => [
      'provider as department',
      eb.fn.countAll<string>().as('resources'),
      eb.fn.count<string>('rate').as('scored'),
      eb.fn.avg<number | null>('rate').as('score'),
      eb.fn.sum<string>('stopped_rules').as('stopped'),
      eb.fn.sum<string>('ended_rules').as('ended'),
      sql<string>`(select count(*) from quality_ticket t where t.provider = resource_quality.provider and t.state = 'OPEN')`.as(
        'open',
      ),
    ])
    .$if(provider !== undefined, (query) => query.where('provider', '=', provider!))
    .groupBy('provider')
    .orderBy('provider')
    .execute();
}
