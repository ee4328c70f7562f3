import Select from 'antd/es/select';
import type { ListState } from './use-list-state.js';

/** A filter of a list with values to choose from.
 *  @param props  `name`: of the filter in the address; `any`: what no choice means */
export function FilterSelect({
  list,
  name,
  label,
  any,
  options,
}: {
  list: ListState;
  name: string;
  label: string;
  any: string;
  options: readonly { readonly value: string; readonly label: string }[];
}) {
  return (
    <Select
      aria-label={label}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      placeholder={any}
      style={{ minWidth: 180 }}
      value={list.filter(name)}
      onChange={(value: string | undefined) => list.setFilters({ [name]: value })}
      options={[...options]}
    />
  );
}
