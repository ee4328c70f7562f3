import { Migration } from '@mikro-orm/migrations';

/** Reviews by special procedure, which an authority's view of applications looks at each time. */
export class SpecialReviews extends Migration {
  override up(): void {
    this.addSql(`create index on application_track (application) where kind = 'SPECIAL'`);
  }
}
