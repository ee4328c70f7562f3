import { z } from 'zod';
import * as data from './data-sections.js';
import * as open from './public-sections.js';
import * as sharing from './sharing-sections.js';
import { section, stated } from './sourced.js';

const timeZone = z.string().refine(
  (zone) => {
    try {
      new Intl.DateTimeFormat('en', { timeZone: zone });
      return zone.includes('/') || zone === 'UTC';
    } catch {
      return false;
    }
  },
  { error: 'is no time zone; write its IANA name, such as Asia/Shanghai' },
);

/** A profile as it is written: one jurisdiction's values of everything that differs between jurisdictions. */
export const profileSchema = section({
  name: section({ zh: z.string().min(1), en: z.string().min(1) }).describe('the jurisdiction'),
  prefix: z
    .string()
    .regex(/^[A-Z]{2,4}$/, 'must be two to four capital letters')
    .describe('how the ids of its clauses begin; every clause in the file must begin so'),
  regulation: z.string().min(1).optional().describe('title of the regulation'),
  note: z.string().min(1).optional().describe('what a reader of the profile should know about the text it rests on'),
  draft: stated('the regulation is a draft and not in force').optional(),
  timeZone: timeZone.describe('zone in which its days begin and end, whatever the zone of the server'),
  calendar: z.enum(['CN']).describe('CN: the official holidays and make-up working days of China'),
  clauseTexts: z
    .record(z.string(), section({ article: z.string().min(1), text: z.string().min(1) }))
    .optional()
    .describe('clauses that schema/clauses.tsv does not have: id to article and words'),
  shareTypes: sharing.shareTypes.optional(),
  basis: sharing.basis.optional(),
  libraries: sharing.libraries.optional(),
  unconditionalBase: sharing.unconditionalBase.optional(),
  applications: sharing.applications.optional(),
  grants: sharing.grants.optional(),
  onwardProvision: sharing.onwardProvision.optional(),
  stateSecrets: data.stateSecrets.optional(),
  exchange: data.exchange.optional(),
  aggregation: data.aggregation.optional(),
  updates: data.updates.optional(),
  catalogue: data.catalogue.optional(),
  correction: data.correction.optional(),
  evidence: data.evidence.optional(),
  keys: data.keys.optional(),
  persons: open.persons.optional(),
  lists: open.lists.optional(),
  openData: open.openData.optional(),
  evaluation: open.evaluation.optional(),
  platforms: open.platforms.optional(),
  seal: open.seal.optional(),
});
