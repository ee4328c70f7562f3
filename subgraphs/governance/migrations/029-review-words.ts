import { Migration } from '@mikro-orm/migrations';

/** Brings stored reviews and announced deadlines to the words of today, so that no code knows two:
 *  the position in the escalation is `escalationIndex` (an administrative level is another thing), a value that is absent is
 *  no null, `acts` is there in reviews that are older than it, and a deadline of a review is `review/…`. */
export class ReviewWords extends Migration {
  override up(): void {
    this.addSql(`
      update application_track
      set state = jsonb_strip_nulls((state - 'level') || jsonb_build_object('escalationIndex', state -> 'level'))
      where state ? 'level'`);
    // A decision that was disputed left the state, so the persons of both departments are taken from the history too.
    this.addSql(`
      update application_track as review
      set state = review.state || jsonb_build_object('acts', (
        with known as (
          select decision ->> 'by' as by, decision ->> 'as' as part, decision ->> 'verdict' as type
          from jsonb_array_elements(review.state -> 'decisions') as decision
          union
          select review.state -> 'extension' ->> 'by', 'provider', 'EXTEND' where review.state ? 'extension'
          union
          select review.state -> 'coordination' ->> 'by', 'authority', 'COORDINATE' where review.state ? 'coordination'
        ), told as (
          select event.actor,
                 case when event.department = review.department then 'applicant' else 'provider' end,
                 case event.what
                   when 'AGREE_TO_SHARE' then 'AGREE'
                   when 'REFUSE_TO_SHARE' then 'REFUSE'
                   when 'ASK_FOR_CHANGES' then 'ASK_CHANGES'
                   when 'EXTEND_ANSWER' then 'EXTEND'
                   when 'CONSENT_TO_EXTENSION' then 'CONSENT_TO_EXTENSION'
                   when 'OBJECT_TO_REFUSAL' then 'OBJECT'
                   when 'NEGOTIATE' then 'NEGOTIATE'
                   when 'FULFIL_REQUEST' then 'FULFIL'
                 end as type
          from application_event as event
          where event.track = review.id and event.department in (review.department, review.provider)
            and event.actor not in (select known.by from known)
        )
        select coalesce(jsonb_agg(jsonb_build_object('by', act.by, 'as', act.part, 'type', act.type)), '[]')
        from (select * from known union select * from told where told.type is not null) as act
      ))
      where not review.state ? 'acts'`);
    this.addSql(`
      update job_done set subject = 'review/' || substr(subject, length('track/') + 1) where subject like 'track/%'`);
  }
}
