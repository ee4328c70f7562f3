import { Migration } from '@mikro-orm/migrations';

/** Who holds which post is part of the read model: grants may name posts, so a change of one is a new version. */
export class PostsAreRead extends Migration {
  override up(): void {
    this.addSql(`
      create trigger version before insert or update or delete on appointment
      for each statement execute function next_version()`);
  }
}
