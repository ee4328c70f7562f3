import { Migration } from '@mikro-orm/migrations';

/** Gateways are told of versions that were checked too, so that their graph is ready when they are published. */
export class CheckedVersions extends Migration {
  override up(): void {
    this.addSql('drop trigger version on subgraph_version');
    this.addSql(`
      create trigger version after update on subgraph_version for each row
      when (new.state <> old.state and (new.state in ('PUBLISHED', 'CHECKED') or old.state in ('PUBLISHED', 'CHECKED')))
      execute function next_subgraphs()`);
  }
}
