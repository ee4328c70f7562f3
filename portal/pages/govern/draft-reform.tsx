import Button from 'antd/es/button';
import Form from 'antd/es/form';
import Input from 'antd/es/input';
import Select from 'antd/es/select';
import Space from 'antd/es/space';
import { useTranslation } from 'react-i18next';
import { Act } from '../../parts/act.js';
import { startOfDay } from '../../parts/dates.js';
import { DepartmentSelect } from '../../parts/department-select.js';
import { useCommand } from '../../parts/use-command.js';
import { DraftReformDocument, type Post, type ReformLineKind } from './reform.generated.js';

const KINDS: readonly ReformLineKind[] = ['END', 'RESOURCE', 'SCENARIO', 'SYSTEM', 'PERSON'];
const POSTS: readonly Post[] = [
  'HEAD',
  'LEADER_IN_CHARGE',
  'DATA_ADMINISTRATOR',
  'CONTACT',
  'SECRECY_PERSON',
  'DESIGNATED_PERSON',
];

/** A plan as it is filled in. */
export interface PlanForm {
  readonly title: string;
  readonly basis: readonly string[];
  /** Local day, `YYYY-MM-DD`. */
  readonly day: string;
  readonly lines: readonly {
    readonly kind: ReformLineKind;
    readonly id: string;
    readonly to: string;
    readonly posts?: readonly Post[] | null;
  }[];
}

/** Drafts a plan, or drafts one anew: the hub finds out at once what it would do. */
export function DraftReform({
  id,
  initial,
  onDone,
}: {
  id?: string;
  initial?: PlanForm;
  onDone: (reform: string) => void;
}) {
  const { t } = useTranslation('govern');
  const { t: enums } = useTranslation('enums');
  const draft = useCommand(DraftReformDocument, (data) => data.draftReform);
  const required = [{ required: true, message: t('fillIn') }];
  return (
    <Act<Parameters<typeof draft.run>[0], Awaited<ReturnType<typeof draft.run>> & object, PlanForm>
      label={t(id === undefined ? 'draftReform' : 'redraftReform')}
      primary={id === undefined}
      help={t('draftReformHelp')}
      initial={initial ?? { lines: [{ kind: 'END', id: '', to: '' }] }}
      fields={
        <>
          <Form.Item name="title" label={t('reformTitle')} rules={required}>
            <Input maxLength={100} />
          </Form.Item>
          <Form.Item name="basis" label={t('basis')} rules={required}>
            <Select mode="tags" open={false} suffixIcon={null} />
          </Form.Item>
          <Form.Item name="day" label={t('effectiveDay')} rules={required}>
            <Input type="date" />
          </Form.Item>
          <Form.List name="lines">
            {(lines, { add, remove }) => (
              <>
                {lines.map(({ key, name }, at) => (
                  <fieldset key={key} style={{ border: 0, padding: 0, margin: '0 0 16px' }}>
                    <legend>{t('reformLine', { number: at + 1 })}</legend>
                    <Form.Item name={[name, 'kind']} label={t('lineKind')} rules={required}>
                      <Select options={KINDS.map((value) => ({ value, label: enums(`ReformLineKind.${value}`) }))} />
                    </Form.Item>
                    <Form.Item name={[name, 'id']} label={t('lineId')} extra={t('lineIdHelp')} rules={required}>
                      <Input maxLength={200} />
                    </Form.Item>
                    <Form.Item name={[name, 'to']} label={t('lineTo')} rules={required}>
                      <DepartmentSelect />
                    </Form.Item>
                    <Form.Item name={[name, 'posts']} label={t('linePosts')} extra={t('linePostsHelp')}>
                      <Select
                        mode="multiple"
                        allowClear
                        options={POSTS.map((value) => ({ value, label: enums(`Post.${value}`) }))}
                      />
                    </Form.Item>
                    {lines.length > 1 && <Button onClick={() => remove(name)}>{t('removeLine')}</Button>}
                  </fieldset>
                ))}
                <Space>
                  <Button onClick={() => add({ kind: 'RESOURCE' })}>{t('addLine')}</Button>
                </Space>
              </>
            )}
          </Form.List>
        </>
      }
      command={draft}
      variables={({ title, basis, day, lines }) => ({
        ...(id !== undefined && { id }),
        input: {
          title,
          basis,
          effectiveAt: startOfDay(day),
          lines: lines.map(({ posts, ...line }) => ({ ...line, ...(posts && posts.length > 0 && { posts }) })),
        },
      })}
      onDone={({ reform }) => reform && onDone(reform.id)}
    />
  );
}
