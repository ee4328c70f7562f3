import { Migration } from '@mikro-orm/migrations';

/** The result of a correction, as each department was told of it. A correction that is proven is told at once. */
export class CorrectionResults extends Migration {
  override up(): void {
    this.addSql(`
      alter table correction_receipt
        add column items text[] not null default '{}',
        add column verdict text not null default 'UPHELD' check (verdict in ('UPHELD', 'PARTLY', 'REJECTED'))`);
    this.addSql(`alter table correction_receipt alter column items drop default, alter column verdict drop default`);
    this.addSql(`alter table correction drop constraint correction_status_check`);
    this.addSql(`
      alter table correction add constraint correction_status_check check (status in ('FOUND', 'REPORTED', 'DISPATCHED',
        'ACCEPTED', 'UPHELD', 'REJECTED', 'DISPUTED', 'NOTIFIED', 'CLOSED', 'WITHDRAWN'))`);
  }
}
