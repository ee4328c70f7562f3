import { LivingAllowance } from './living-allowance/living-allowance.entity.js';
import { MedicalInsurance } from './medical-insurance/medical-insurance.entity.js';
import { PensionInsurance } from './pension-insurance/pension-insurance.entity.js';

export { migrations } from './migrations/index.js';
export const entities = [PensionInsurance, MedicalInsurance, LivingAllowance];
