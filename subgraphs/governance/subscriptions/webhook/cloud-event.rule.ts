import type { AnnouncedAct } from '../../reminders/notice/recipients.rule.js';

/** An act as recorded in the evidence log. */
export interface RecordedAct extends AnnouncedAct {
  /** Chain that it stands in; the same for every act of one hub. */
  readonly writer: string;
  /** ISO 8601 instant. */
  readonly time: string;
}

/** An act as an event. Its id and source are the same however often it is delivered, so a receiver that remembers the ids
 *  counts it once; `sequence` sorts as the acts were recorded. It names no person and carries nothing that persons wrote;
 *  what more there is to know is asked for by its subject.
 *  @source CloudEvents 1.0.2, JSON event format; extension "sequence" */
export interface CloudEvent {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject: string;
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly sequence: string;
  readonly data: {
    readonly act: string;
    readonly object: string;
    /** Department that acted; null where the hub did. */
    readonly department: string | null;
    readonly clauses: readonly string[];
    readonly dueOn?: string;
    readonly provisional?: boolean;
  };
}

/** @param position  of the act in the evidence */
export function toCloudEvent(position: number, act: RecordedAct): CloudEvent {
  const { dueOn, provisional } = act.terms ?? {};
  return {
    specversion: '1.0',
    id: String(position),
    source: `urn:sharehub:${act.writer}`,
    type: toEventType(act.act),
    subject: act.object,
    time: act.time,
    datacontenttype: 'application/json',
    sequence: String(position).padStart(15, '0'),
    data: {
      act: act.act,
      object: act.object,
      department: act.department ?? null,
      clauses: act.basis,
      ...(typeof dueOn === 'string' && { dueOn, provisional: provisional === true }),
    },
  };
}

/** For example `dev.sharehub.governance.suspend-grant`. */
const toEventType = (act: string): string => `dev.sharehub.governance.${act.toLowerCase().replaceAll('_', '-')}`;
