import { refuse, type Refusal } from '../../core/index.js';
import { say } from '../messages/index.js';
import type { Department } from './department.entity.js';

/** What has ended by a reform is history, and stays as it was. */
export const refuseEnded = ({
  code,
  successor,
}: Pick<Department, 'code' | 'successor'>): { readonly refusal: Refusal } =>
  refuse('DEPARTMENT_ENDED', say('department.ended', { department: code, successor: successor ?? '' }));
