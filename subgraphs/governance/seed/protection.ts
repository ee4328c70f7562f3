import { samplePerson } from '../../../shared/sample/person.js';
import { sealSubject } from '../../../shared/trust/sealed-subject.js';
import type { Seed } from '../../../shared/subgraph/index.js';
import type { GovernanceOptions } from '../core/index.js';
import { hashSubject } from '../grant/index.js';

type Fill = Seed['fill'];

/** An adopted child of the demo whom the police protect. Smaller populations, as in tests, have nobody who is protected. */
const ADOPTED = 1_500;
const [OWNER, KIND] = ['public-security', 'PERSON'] as const;

/** Protects one resident of the demo from everybody but the civil affairs department's review of allowances.
 *  @param keys  of the hub; where it is not known, nobody is protected */
export const protectSample =
  ({ protectionKey, hashesOf }: Pick<GovernanceOptions, 'protectionKey' | 'hashesOf'>): Fill =>
  async (insert, { residents }) => {
    if (!protectionKey || !hashesOf || residents <= ADOPTED) return;
    const { idNumber: identifier } = samplePerson(ADOPTED);
    const [{ key, hash }] = hashSubject(hashesOf, { kind: KIND, identifier });
    const sealed = await sealSubject(identifier, { owner: OWNER, kind: KIND }, protectionKey);
    const since = '2026-01-05T09:00:00+08:00';
    await insert(
      'subject_protection',
      {
        ...{ id: 'text', owner: 'text', kind: 'text', sealed: 'text', subject_key: 'text', subject_hash: 'text' },
        ...{
          purposes: 'jsonb',
          reference: 'text',
          reason: 'text',
          basis: 'jsonb',
          until_at: 'timestamptz',
          state: 'text',
        },
        ...{ proposed_at: 'timestamptz', proposed_by: 'text', confirmed_at: 'timestamptz', confirmed_by: 'text' },
      },
      [
        [
          ...['PT-000000', OWNER, KIND, sealed, key, hash],
          JSON.stringify([{ department: 'civil-affairs', scenario: 'living-allowance-review' }]),
          ...['演示卷〔2026〕1号', '收养关系保密', JSON.stringify(['民法典 第一千一百一十条'])],
          ...['2036-01-01T00:00:00+08:00', 'IN_FORCE', since, 'zhao.lei', since, 'public-security.head'],
        ],
      ],
    );
  };
