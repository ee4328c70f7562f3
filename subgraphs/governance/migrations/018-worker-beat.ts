import { Migration } from '@mikro-orm/migrations';

/** When each of the worker's tasks was last done, so that a worker that stands still is noticed. */
export class WorkerBeat extends Migration {
  override up(): void {
    this.addSql('create table worker_beat (task text primary key, at timestamptz not null)');
  }
}
