import Checkbox from 'antd/es/checkbox';
import DatePicker from 'antd/es/date-picker';
import Form from 'antd/es/form';
import InputNumber from 'antd/es/input-number';
import Select from 'antd/es/select';
import type { Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import { endOfDay } from '../../parts/dates.js';
import type { NamedItem } from '../../parts/use-items.js';
import type { MaskedAs, ProviderReviewQuery } from './application.generated.js';

type Terms = NonNullable<ProviderReviewQuery['providerReview']>['terms'];
const MASKS: readonly MaskedAs[] = ['NAME', 'PHONE', 'IDENTITY', 'ADDRESS', 'HIDDEN'];

/** Limits that a reviewer sets, as the form has them. */
export interface TermFieldValues {
  readonly rows?: string[];
  readonly until?: Dayjs | null;
  readonly quotaPerDay?: number | null;
  readonly masks?: Readonly<Record<string, MaskedAs | undefined>>;
  readonly conditions?: string[];
}

/** Those of the limits that were set; what is left empty stays as it was asked. */
export const toTerms = (
  { rows, until, quotaPerDay, masks = {}, conditions }: TermFieldValues,
  left: readonly string[],
) => {
  const masked = left.flatMap((coordinate) => {
    const as = masks[coordinate];
    return as ? [{ coordinate, as }] : [];
  });
  return {
    ...(rows && rows.length > 0 && { rows }),
    ...(until && { until: endOfDay(until) }),
    ...(quotaPerDay != null && { quotaPerDay }),
    ...(masked.length > 0 && { masks: masked }),
    ...(conditions && conditions.length > 0 && { conditions }),
  };
};

/** Narrows what is given: rows, last day, uses a day, items in a de-identified form, conditions. A plain agreement opens none of it. */
export function TermFields({ terms, items }: { terms: Terms; items: ReadonlyMap<string, NamedItem> }) {
  const { t } = useTranslation('application');
  const { t: enums } = useTranslation('enums');
  return (
    <details className="more-fields">
      <summary>{t('narrow')}</summary>
      {terms.rows && terms.rows.length > 1 && (
        <Form.Item name="rows" label={t('rows')}>
          <Checkbox.Group className="stacked" options={[...terms.rows]} />
        </Form.Item>
      )}
      <Form.Item name="until" label={t('until')} extra={t('narrowHelp')}>
        <DatePicker />
      </Form.Item>
      <Form.Item name="quotaPerDay" label={t('quotaPerDay')}>
        <InputNumber min={1} precision={0} style={{ minWidth: 160 }} />
      </Form.Item>
      {terms.coordinates.map((coordinate) => (
        <Form.Item
          key={coordinate}
          name={['masks', coordinate]}
          label={t('maskOf', { item: items.get(coordinate)?.name ?? coordinate })}
        >
          <Select allowClear options={MASKS.map((value) => ({ value, label: enums(`MaskedAs.${value}`) }))} />
        </Form.Item>
      ))}
      <Form.Item name="conditions" label={t('conditions')} extra={t('conditionsHelp')}>
        <Select mode="tags" open={false} suffixIcon={null} />
      </Form.Item>
    </details>
  );
}
