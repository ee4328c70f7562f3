import { defineConnection } from '../../../../shared/subgraph/index.js';
import { UseSeal } from './use-seal.entity.js';

export const UseSealConnection = defineConnection(UseSeal, { title: '使用记录封存' });
