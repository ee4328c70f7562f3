import { Migration } from '@mikro-orm/migrations';

/** Files that support applications: announced, uploaded to the gateway, and looked at before anybody gets them. */
export class ApplicationFiles extends Migration {
  override up(): void {
    this.addSql(`
      create table application_file (
        id text primary key,
        application text not null references share_application,
        department text not null references department,
        name text not null,
        media_type text not null check (media_type in ('application/pdf', 'image/jpeg', 'image/png')),
        bytes int not null check (bytes between 1 and 10000000),
        sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
        state text not null check (state in ('ANNOUNCED', 'STORED', 'REFUSED', 'EXPIRED', 'REMOVED')),
        announced_at timestamptz not null,
        announced_by text not null
      )`);
    this.addSql('create index on application_file (application, id)');
    this.addSql(`create index on application_file (announced_at) where state in ('ANNOUNCED', 'STORED')`);
    this.addSql('create sequence application_file_number');
  }
}
