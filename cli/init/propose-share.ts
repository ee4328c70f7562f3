import type { DeclaredItem } from '../../shared/declaration/index.js';
import type { Meaning } from './words.js';

/** Share type that a draft proposes for an item, with the reason that stands beside it. It is never UNCONDITIONAL: a person
 *  opens an item, a program does not. */
export interface ProposedShare {
  readonly type: 'CONDITIONAL' | 'NOT_SHARED';
  readonly condition?: string;
  readonly basis?: readonly string[];
  readonly reason: string;
  readonly mask?: DeclaredItem['mask'];
  /** May be compared and not read, which is enough for many uses. */
  readonly verifiable?: true;
}

const SENSITIVE = '个人信息保护法 第二十八条';
const closed = (reason: string): ProposedShare => ({ type: 'NOT_SHARED', basis: [SENSITIVE], reason });
const restricted = (reason: string, mask?: ProposedShare['mask']): ProposedShare => ({
  type: 'CONDITIONAL',
  condition: '履行职责需要',
  reason,
  ...(mask && { mask }),
});

/** @source 个人信息保护法 第二十八条 (sensitive personal information), 第六条 (least that is needed) */
const PROPOSALS: Readonly<Partial<Record<Meaning, ProposedShare>>> = {
  IDENTITY_NUMBER: restricted('公民身份号码能识别到个人', 'IDENTITY'),
  PERSON_NAME: restricted('姓名是个人信息', 'NAME'),
  PHONE: restricted('联系电话是个人信息', 'PHONE'),
  ADDRESS: restricted('地址可定位到个人', 'ADDRESS'),
  PERSONAL: restricted('属于个人信息'),
  FAMILY: restricted('婚姻家庭状况是个人信息'),
  INCOME: { ...closed('收入属于财产信息，多数用途只需比对'), verifiable: true },
  FINANCE: closed('金融账户属于敏感个人信息'),
  HEALTH: closed('医疗健康属于敏感个人信息'),
  BELIEF: closed('宗教信仰属于敏感个人信息'),
  BIOMETRIC: closed('生物识别信息属于敏感个人信息'),
  MOVEMENT: closed('行踪轨迹属于敏感个人信息'),
};

/** @returns undefined for an item that follows its type's share type, which is CONDITIONAL in a draft */
export const proposeShare = (meaning: Meaning | undefined): ProposedShare | undefined => meaning && PROPOSALS[meaning];
