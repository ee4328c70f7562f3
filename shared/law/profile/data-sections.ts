import { z } from 'zod';
import { ROLES } from '../../kernel/index.js';
import { deadline } from './deadline.js';
import { section, sourced, stated } from './sourced.js';
import { CATALOGUE_ATTRIBUTES, EXCHANGE_MODES, ORGANISATION_KEYS, PERSON_KEYS, RECORD_FIELDS } from './vocabulary.js';

const role = z.enum(ROLES);

export const stateSecrets = sourced(
  z.enum(['EXCLUDED', 'UNDER_SECRECY_LAW']),
  'whether state secrets may be on the platform at all',
);

export const exchange = section({
  modes: sourced(z.array(z.enum(EXCHANGE_MODES)).min(1), 'modes that the text names').optional(),
  bulk: sourced(
    z.enum(['LAST_RESORT', 'ENCOURAGED', 'WITH_CONSENT']),
    'copies in bulk: only after a finding that nothing less will do, encouraged, or with consent',
  ).optional(),
  bulkConsent: sourced(role, 'who must consent to copies').optional(),
  automaticTools: sourced(z.enum(['FORBIDDEN']), 'crawlers and automatic query tools').optional(),
  extraInterfaces: deadline('supply of further interfaces that the authority asks for').optional(),
}).describe('how data reaches its users');

export const aggregation = section({
  hosting: sourced(
    z.array(z.enum(['ORIGINAL_OR_COPY', 'FULL_REAL_TIME', 'CENTRAL', 'CONNECTED', 'DISPERSED'])).min(1),
    'how data is held on the platform',
  ).optional(),
  exception: sourced(
    z.array(z.enum(['LEGAL_EVIDENCE', 'INTERFACE'])).min(1),
    'what is owed instead of hosting: evidence of a prohibition, an access interface, or both',
  ).optional(),
  temporaryCollection: sourced(
    z.array(z.enum(['SPECIAL_BUSINESS', 'URGENT_NEED'])).min(1),
    'reasons for which data outside the catalogue may be collected for a time',
  ).optional(),
  consentWhereLawIsSilent: stated(
    'data that no law provides for is collected with the consent of the person',
  ).optional(),
}).describe('collection onto the platform');

export const updates = section({
  rules: z
    .array(
      section({
        data: sourced(z.array(z.enum(['CERTIFICATES', 'DOCUMENTS', 'OTHER', 'ALL'])).min(1), 'which data'),
        within: deadline('how fresh it is kept'),
      }),
    )
    .min(1)
    .optional()
    .describe('how fresh data is kept'),
  exception: section({
    approvedBy: sourced(role, 'who must approve it').optional(),
    filedWith: sourced(role, 'with whom it is filed').optional(),
    interval: sourced(z.enum(['FITS_NEED']), 'the interval must fit the need of those who use it').optional(),
    window: sourced(
      z.strictObject({
        monthOfQuarter: z.number().int().min(1).max(3),
        fromDay: z.number().int().min(1).max(31),
        toDay: z.number().int().min(1).max(31),
      }),
      'days of the quarter in which it is updated instead',
    ).optional(),
  })
    .optional()
    .describe('what may be less fresh'),
}).describe('freshness of data');

export const catalogue = section({
  kinds: sourced(
    z.array(z.string().min(1)).min(1),
    'the catalogues that are compiled, as the text names them',
  ).optional(),
  attributes: sourced(z.array(z.enum(CATALOGUE_ATTRIBUTES)).min(1), 'attributes that every entry must have').optional(),
  guide: sourced(z.string().min(1), 'the compilation guide that applies').optional(),
  maintenance: sourced(
    z.strictObject({ timesAYear: z.number().int().min(1) }),
    'how often, at least, the whole catalogue is gone through',
  ).optional(),
  onChange: deadline('update after a change of law or function').optional(),
  whenDataChanges: deadline('update when resources or demand change').optional(),
  publication: z
    .array(sourced(z.array(role).min(1), 'who reviews in this step, jointly'))
    .min(1)
    .optional()
    .describe('who reviews an entry before it is published, step by step'),
  newProjects: sourced(
    z.array(z.enum(['STATED_AT_APPROVAL', 'ENTERED_BEFORE_ACCEPTANCE'])).min(1),
    'what a new project owes the catalogue',
  ).optional(),
  supplement: stated('a lower level may keep a supplement of what the upper catalogue does not have').optional(),
}).describe('duties of catalogue');

export const correction = section({
  report: deadline('report of a doubt by the department that uses the data').optional(),
  route: sourced(
    z.enum(['TO_PROVIDER', 'THROUGH_OPERATOR']),
    'a doubt goes straight to the provider, or the operator analyses and dispatches it',
  ).optional(),
  decision: deadline('decision of the provider whether to correct').optional(),
  fix: deadline('correction at the source').optional(),
  results: sourced(
    z.array(z.enum(['authority', 'using-departments', 'reporter'])).min(1),
    'who learns of the result',
  ).optional(),
  dispute: sourced(role, 'who settles it when departments disagree about data').optional(),
  meanwhile: sourced(
    z.string().min(1).max(200),
    'notice beside data that is being checked: how whoever brings valid proof is served meanwhile',
  ).optional(),
}).describe('doubts about data, and their correction');

export const evidence = section({
  retention: sourced(
    z.union(
      [
        z.strictObject({ atLeastYears: z.number().int().min(1).max(100) }).describe('deleted no sooner than this'),
        z.literal('NO_DELETION').describe('kept for good'),
      ],
      { error: 'must be { atLeastYears: <whole number> } or NO_DELETION' },
    ),
    'how long records of use are kept',
  ).optional(),
  fields: sourced(z.array(z.enum(RECORD_FIELDS)).min(1), 'what a record of use must say').optional(),
  copies: stated('use of copies and caches is recorded as well').optional(),
  pushedToUnits: deadline('records are pushed to the units concerned').optional(),
  seenByProvider: stated('a provider may see how its data is used').optional(),
}).describe('records of use');

export const keys = section({
  person: z
    .array(sourced(z.enum(PERSON_KEYS), 'identifier of a natural person'))
    .min(1)
    .optional()
    .describe('the first that there is counts'),
  organisation: z
    .array(sourced(z.enum(ORGANISATION_KEYS), 'identifier of an organisation'))
    .min(1)
    .optional()
    .describe('the first that there is counts'),
}).describe('identifiers of persons and organisations, each list with its fallbacks');
