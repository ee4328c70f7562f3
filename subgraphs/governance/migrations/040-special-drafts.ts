import { Migration } from '@mikro-orm/migrations';

/** Drafts by special procedure are seen by whoever began them and the active officers whom they name, no longer by their
 *  whole department. */
export class SpecialDrafts extends Migration {
  override up(): void {
    this.addSql(`
      update share_application set visible_to = array['@' || applicant] || array(
        select '@' || subject from officer
        where officer.department = share_application.department and not suspended
          and form -> 'applicants' ? subject and subject <> applicant
        order by subject)
      where state = 'DRAFT' and form ->> 'special' = 'true'`);
  }
}
