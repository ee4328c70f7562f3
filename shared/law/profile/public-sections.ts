import { z } from 'zod';
import { ROLES } from '../../kernel/index.js';
import { deadline } from './deadline.js';
import { section, sourced, stated } from './sourced.js';
import { APPLICATION_PARTS, BASES } from './vocabulary.js';

const role = z.enum(ROLES);
const bases = z.array(z.enum(BASES)).min(1);

export const persons = section({
  named: z
    .array(
      sourced(
        z
          .array(
            z.enum([
              'HEAD',
              'LEADER_IN_CHARGE',
              'DATA_ADMINISTRATOR',
              'DESIGNATED_PERSON',
              'SECRECY_PERSON',
              'CONTACT',
            ]),
          )
          .min(1),
        'persons that this clause asks for',
      ),
    )
    .min(1)
    .optional()
    .describe('persons whom each department names'),
  realName: stated('they are registered by their real names').optional(),
  changes: deadline('report of a change of persons to the authority').optional(),
}).describe('responsible persons');

export const lists = z
  .array(
    sourced(
      z.strictObject({
        list: z.enum(['RESPONSIBILITY', 'DEMAND', 'NEGATIVE']),
        levels: z
          .array(z.enum(['PROVINCE', 'CITY']))
          .min(1)
          .describe('who keeps one'),
        covers: z
          .array(z.enum(['SHARING', 'OPENNESS']))
          .min(1)
          .describe('of sharing between departments, of opening to the public'),
      }),
      'one list that is kept',
    ),
  )
  .min(1)
  .describe('responsibility, demand and negative lists');

export const openData = section({
  marking: sourced(
    z.enum(['TYPES', 'FLAG', 'ATTRIBUTE']),
    'how the catalogue says whether data may be opened: by the types below, a yes or no, or an attribute left to others',
  ).optional(),
  types: z
    .partialRecord(
      z.enum(['UNCONDITIONAL', 'CONDITIONAL', 'NOT_OPEN']),
      sourced(z.string().min(1), 'what the text calls it'),
    )
    .optional()
    .describe('the open types that the text knows'),
  basis: sourced(bases, 'what a conditional or not open entry may rest on').optional(),
  addressee: sourced(role, 'whom the public applies to').optional(),
  applicants: sourced(
    z
      .array(
        z.enum(['CITIZENS', 'LEGAL_PERSONS', 'ORGANISATIONS', 'DOMESTIC_ENTERPRISES', 'UNIVERSITIES', 'INSTITUTES']),
      )
      .min(1),
    'who may apply',
  ).optional(),
  content: z
    .array(sourced(z.array(z.enum(APPLICATION_PARTS)).min(1), 'parts that this clause asks for'))
    .min(1)
    .optional()
    .describe('what an application must contain'),
  review: z
    .array(sourced(z.array(role).min(1), 'who decides in this step, jointly'))
    .min(1)
    .optional()
    .describe('who decides, step by step'),
  answer: deadline('how long an answer may take').optional(),
  refusalReasons: stated('who refuses says why').optional(),
  unreasonable: sourced(
    z.enum(['EXPLAIN_OR_NOT_HANDLED', 'ADJUST_AND_REAPPLY']),
    'what follows a request beyond reason',
  ).optional(),
  masked: stated('sensitive data is de-identified first').optional(),
  machineReadable: stated('unconditional open data is published in machine-readable form').optional(),
  productsState: sourced(
    z.array(z.enum(['SOURCE', 'ACQUISITION_DATE'])).min(1),
    'what a product made of open data must state',
  ).optional(),
  platform: sourced(z.enum(['PROVINCIAL', 'PROVINCIAL_CITY_MAY_BUILD']), 'where data is opened').optional(),
}).describe('opening data to the public');

export const evaluation = section({
  period: sourced(z.enum(['YEARLY', 'REGULARLY']), 'how often departments are evaluated').optional(),
  monitoring: sourced(z.enum(['REAL_TIME']), 'how data is watched in between').optional(),
  dimensions: sourced(
    z
      .array(
        z.enum([
          'QUANTITY',
          'QUALITY',
          'UPDATING',
          'PROVISION',
          'USE',
          'CATALOGUE_MAINTENANCE',
          'COLLECTION_AND_UPDATE',
          'SHARING',
          'EXPLOITATION',
        ]),
      )
      .min(1),
    'what is evaluated',
  ).optional(),
  scheme: stated('the authority makes an evaluation scheme').optional(),
  reports: z
    .array(
      sourced(
        z.strictObject({
          by: z.enum(['departments', 'authority']),
          to: z.array(z.string().min(1)).min(1).describe('bodies as the text names them'),
          before: z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'must be a day such as 01-05'),
        }),
        'a yearly report on the year before; on the named day it is late',
      ),
    )
    .min(1)
    .optional()
    .describe('reports that are due every year'),
}).describe('evaluation of departments');

export const platforms = section({
  lower: sourced(
    z.enum(['OWN', 'SUB_CENTRE_ONLY', 'NONE_MIGRATE', 'CONNECT_UPWARD', 'UPPER_ONLY']),
    'platforms of lower levels: their own, sub-centres on the upper one, none, those there are connect upward, or the upper one for all',
  ).optional(),
}).describe('platforms of other levels');

export const seal = section({
  by: sourced(z.enum(['CITY_UNIFIED', 'ORGAN']), 'whose electronic seal').optional(),
  on: sourced(z.array(z.enum(['DOCUMENTS', 'CERTIFICATES', 'CONTRACTS'])).min(1), 'what it concerns').optional(),
  effect: sourced(z.enum(['EQUAL_TO_PAPER', 'LEGAL_BASIS_AND_ARCHIVE']), 'what it is worth').optional(),
}).describe('electronic seals');
