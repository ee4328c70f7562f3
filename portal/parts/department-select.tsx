import Select from 'antd/es/select';
import { useDepartmentNames } from './department-name.js';

/** A department to choose, by name. As an item of a form it takes the form's value. */
export function DepartmentSelect(props: {
  readonly id?: string;
  readonly value?: string;
  readonly onChange?: (code: string | undefined) => void;
  readonly allowClear?: boolean;
}) {
  const names = useDepartmentNames();
  return (
    <Select
      {...props}
      showSearch={{ optionFilterProp: 'label' }}
      options={[...names].map(([value, label]) => ({ value, label }))}
    />
  );
}
