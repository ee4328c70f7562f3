import { Migration } from '@mikro-orm/migrations';

/** Rotations of the keys that the hub shares with subgraphs. A gateway signs with every key that holds, so it hears of a
 *  rotation as of a grant. */
export class SubgraphKeys extends Migration {
  override up(): void {
    this.addSql(`
      create table subgraph_key (
        id text primary key,
        subgraph text not null,
        number int not null check (number > 0),
        reason text not null,
        rotated_at timestamptz not null,
        rotated_by text not null,
        overlap_ends_at timestamptz not null,
        unique (subgraph, number)
      )`);
    this.addSql('create sequence subgraph_key_number');
    this.addSql(`
      create trigger version after insert or update or delete or truncate on subgraph_key
      for each statement execute function next_version()`);
  }
}
