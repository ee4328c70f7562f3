import { z } from 'zod';
import { GRANT_MODES, ROLES, SHARE_TYPES } from '../../kernel/index.js';
import { deadline } from './deadline.js';
import { section, sourced, stated } from './sourced.js';
import { APPLICATION_PARTS, BASES } from './vocabulary.js';

const libraryCode = z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'must be a code such as LEGAL_ENTITY');
const role = z.enum(ROLES);
/** Steps in their order; those named in one step decide jointly. */
const review = (meaning: string) =>
  z
    .array(sourced(z.array(role).min(1), 'who decides in this step, jointly'))
    .min(1)
    .describe(meaning);
const bases = z.array(z.enum(BASES)).min(1);

export const shareTypes = section({
  names: z
    .partialRecord(z.enum(SHARE_TYPES), sourced(z.string().min(1), 'what the text calls it'))
    .optional()
    .describe('the share types that the text knows, by what the hub calls them'),
  sharedByDefault: stated('sharing is the rule, not sharing the exception').optional(),
  conditionalMeans: sourced(
    z.array(z.enum(['BY_APPLICATION', 'RELEVANT_DEPARTMENTS', 'PART_TO_ALL'])).min(1),
    'what conditional sharing may be: on application, to the departments concerned, or a part of it to all',
  ).optional(),
}).describe('names of the share types');

export const basis = section({
  notShared: sourced(bases, 'what an entry may rest on that is not shared, any one of them').optional(),
  conditional: sourced(bases, 'what an entry may rest on that is shared conditionally').optional(),
  refusal: sourced(bases, 'what a refused application may rest on').optional(),
  negativeList: sourced(bases, 'what an entry of the negative list may rest on').optional(),
  reasonsFor: sourced(z.array(z.enum(SHARE_TYPES)).min(1), 'share types whose entries also state reasons').optional(),
}).describe('legal bases that are accepted; where a list is absent, the text asks for none');

export const libraries = section({
  foundational: sourced(
    z.record(libraryCode, z.string().min(1)),
    'the foundational libraries, code to name',
  ).optional(),
  thematic: sourced(z.record(libraryCode, z.string().min(1)), 'the themes it names, code to name').optional(),
}).describe('foundational and thematic libraries');

export const unconditionalBase = sourced(
  z.strictObject({
    libraries: z.array(libraryCode).min(1),
    items: z.enum(['BASIC', 'ALL']).describe('the basic items (基础信息项) alone, or every item of these libraries'),
  }),
  'what every department may read without a grant',
);

export const applications = section({
  addressee: sourced(role, 'whom a department applies to').optional(),
  content: z
    .array(sourced(z.array(z.enum(APPLICATION_PARTS)).min(1), 'parts that this clause asks for'))
    .min(1)
    .optional()
    .describe('what an application must contain'),
  submittedBy: sourced(
    z.enum(['DATA_ADMINISTRATOR', 'DESIGNATED_PERSON']),
    'the one officer of a department who sends its applications',
  ).optional(),
  review: review('who reviews a conditional item, step by step').optional(),
  scopeFixedBy: sourced(role, 'who fixes users, items, mode and use of what is given').optional(),
  answer: deadline('how long an answer may take').optional(),
  refusalReasons: stated('who refuses says why').optional(),
  escalation: z
    .array(
      sourced(
        z.strictObject({
          step: z
            .enum(['NEGOTIATION', 'COORDINATION'])
            .describe('NEGOTIATION: the two departments, with a record; COORDINATION: a third body settles it'),
          by: z.enum(['authority', 'higher-authority']).optional().describe('who coordinates'),
          body: z.string().min(1).optional().describe('its name, where the text gives one'),
          when: z
            .enum(['PROVIDER_OF_A_HIGHER_LEVEL'])
            .optional()
            .describe(
              'taken only then, in place of the coordination before it; absent means when the step before it failed',
            ),
        }),
        'one step of the way a dispute goes up',
      ),
    )
    .min(1)
    .optional()
    .describe('the way of a refusal that the consumer does not accept, step by step'),
  notShared: section({
    modes: sourced(z.array(z.enum(GRANT_MODES)).min(1), 'usable but not visible: the modes it is open to').optional(),
    addressee: sourced(role, 'whom a department applies to').optional(),
    review: review('who decides on such a use, step by step').optional(),
    route: sourced(z.enum(['ESCALATION']), 'a value may only be had by the way of disputes').optional(),
  })
    .optional()
    .describe('use of items that are not shared'),
  uncatalogued: section({
    answer: deadline('how long an answer may take').optional(),
    becomesEntry: stated('a yes puts the data into the catalogue').optional(),
    refusalReasons: stated('who refuses says why').optional(),
  })
    .optional()
    .describe('requests for data that the catalogue does not have'),
  specialProcedure: sourced(
    z.strictObject({ bodies: z.array(z.string().min(1)).min(1), to: role }),
    'bodies with a procedure of their own, and whom they turn to',
  ).optional(),
  higherLevelData: sourced(
    z.enum(['SYNCHRONISED', 'APPLY_WITH_AUTHORITY', 'HIGHER_AUTHORITY_COORDINATES']),
    'how data of a higher level is had',
  ).optional(),
}).describe('applications for data');

export const grants = section({
  free: stated('sharing costs nothing').optional(),
  onlyWhatIsNeeded: stated('no more than the purpose needs').optional(),
  scenarioBound: stated('a grant is bound to its scenario').optional(),
  unconditionalUse: deadline('how soon unconditional data can be used').optional(),
  suspendedBy: sourced(role, 'who may suspend or end the service, effective on the next query').optional(),
  namedPersons: stated('inside a unit, persons are authorised by duty').optional(),
}).describe('what a grant is bound to');

export const onwardProvision = sourced(
  z.enum(['NEVER', 'NEVER_EVEN_ALTERED', 'PUBLIC_RELEASE_WITH_CONSENT']),
  'whether a consumer may pass data on to third parties',
);
