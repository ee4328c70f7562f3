import Badge from 'antd/es/badge';
import { useTranslation } from 'react-i18next';

interface Lasting {
  readonly from: string;
  readonly until: string;
  readonly suspended: boolean;
  readonly revokedAt: string | null;
}
export type GrantState = 'revoked' | 'ended' | 'suspended' | 'toBegin' | 'inForce';

const STATUS = {
  inForce: 'success',
  suspended: 'warning',
  toBegin: 'processing',
  ended: 'default',
  revoked: 'error',
} as const;

/** State of a grant: it gives something only while it is in force. */
export function grantState({ from, until, suspended, revokedAt }: Lasting, now = Date.now()): GrantState {
  if (revokedAt !== null) return 'revoked';
  if (Date.parse(until) <= now) return 'ended';
  if (suspended) return 'suspended';
  return Date.parse(from) > now ? 'toBegin' : 'inForce';
}

/** Days until a grant ends, rounded up. */
export const daysLeft = (until: string, now = Date.now()): number => Math.ceil((Date.parse(until) - now) / 86_400_000);

/** State of a grant in words, beside a colour. */
export function GrantStateTag({ grant }: { grant: Lasting }) {
  const { t } = useTranslation('grant');
  const state = grantState(grant);
  return <Badge status={STATUS[state]} text={t(`states.${state}`)} />;
}
