import DatePicker from 'antd/es/date-picker';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { endOfDay, startOfDay } from './dates.js';
import type { ListState } from './use-list-state.js';

/** Days that a list is restricted to, `from` and `until` in the address, both inclusive. */
export function DateRange({ list }: { list: ListState }) {
  const { t } = useTranslation();
  const day = (name: string) => {
    const value = list.filter(name);
    return value === undefined ? null : dayjs(value);
  };
  return (
    <DatePicker.RangePicker
      aria-label={t('days')}
      allowEmpty
      value={[day('from'), day('until')]}
      onChange={(days) =>
        list.setFilters({ from: days?.[0]?.format('YYYY-MM-DD'), until: days?.[1]?.format('YYYY-MM-DD') })
      }
    />
  );
}

/** The days as instants: from the start of the first, until the start of the day after the last. */
export const instantsOf = (list: ListState): { from?: string; until?: string } => {
  const [from, until] = [list.filter('from'), list.filter('until')];
  return {
    ...(from !== undefined && { from: startOfDay(from) }),
    ...(until !== undefined && { until: endOfDay(until) }),
  };
};
