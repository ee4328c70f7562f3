import { Migration } from '@mikro-orm/migrations';

/** Systems through which persons sign in: where an OpenID provider may send them back to, and whether the system runs in
 *  a browser, where it can keep no secret. */
export class SystemSignIn extends Migration {
  override up(): void {
    this.addSql(`
      alter table registered_system
        add column redirect_uris jsonb not null default '[]',
        add column browser boolean not null default false`);
  }
}
