import { Migration } from '@mikro-orm/migrations';

/** A task is told to the holders of a role, and is closed once it is done. */
export class TasksOfRoles extends Migration {
  override up(): void {
    this.addSql('alter table notice add column roles text[], add column closed_at timestamptz');
    this.addSql(`create index on notice (object) where kind = 'TASK' and closed_at is null`);
  }
}
