import { describe } from '@jest/globals';
import { ABSTRACT_TYPES } from './cases/abstract-types.js';
import { FEDERATION_1 } from './cases/federation-1.js';
import { FETCHED_ONCE } from './cases/fetched-once.js';
import { INPUTS } from './cases/inputs.js';
import { INTERFACE_OBJECTS } from './cases/interface-objects.js';
import { JOINED } from './cases/joined.js';
import { KEYS } from './cases/keys.js';
import { OPERATIONS } from './cases/operations.js';
import { PROVIDES } from './cases/provides.js';
import { SHARED_AND_OVERRIDDEN } from './cases/shared-and-overridden.js';
import { describeCorpus } from './support/describe-corpus.js';

// Composed, planned and executed as in the hub; each case states the answer and every fetch.
describe('keys', () => describeCorpus(KEYS));
describe('inputs', () => describeCorpus(INPUTS));
describe('leaves that are needed twice', () => describeCorpus(FETCHED_ONCE));
describe('provided fields', () => describeCorpus(PROVIDES));
describe('interfaces and unions', () => describeCorpus(ABSTRACT_TYPES));
describe('interface objects', () => describeCorpus(INTERFACE_OBJECTS));
describe('shared and overridden fields', () => describeCorpus(SHARED_AND_OVERRIDDEN));
describe('operations', () => describeCorpus(OPERATIONS));
describe('subgraphs of federation 1', () => describeCorpus(FEDERATION_1));
describe('joined graphs', () => describeCorpus(JOINED));
