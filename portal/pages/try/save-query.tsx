import Checkbox from 'antd/es/checkbox';
import Form from 'antd/es/form';
import Input from 'antd/es/input';
import { useTranslation } from 'react-i18next';
import { Act } from '../../parts/act.js';
import { useCommand } from '../../parts/use-command.js';
import { SaveQueryDocument } from './saved.generated.js';
import type { SavedQuery } from './saved-queries.js';

/** Characters of a name, at most. */
const MOST_NAME = 60;

interface Fields {
  readonly name: string;
  readonly shared?: boolean;
  readonly replace?: boolean;
}

/** Saves the text of a query and its purpose, never values of its variables.
 *  @param props  `opened`: the saved query that the text came from; one's own may be replaced */
export function SaveQuery({
  text,
  scenario,
  opened,
  onDone,
}: {
  text: string;
  scenario: string | undefined;
  opened: SavedQuery | undefined;
  onDone: () => void;
}) {
  const { t } = useTranslation('try');
  const save = useCommand(SaveQueryDocument, (data) => data.saveQuery);
  const own = opened?.own ? opened : undefined;
  return (
    <Act<Parameters<typeof save.run>[0], unknown, Fields>
      key={own?.id}
      label={t('save')}
      help={t('saveHelp')}
      initial={{ name: own?.name, shared: own?.shared ?? false, replace: own !== undefined }}
      command={save}
      variables={({ name, shared = false, replace }) => ({
        input: { id: replace ? own?.id : undefined, name, text, scenario, shared },
      })}
      onDone={onDone}
      fields={
        <>
          <Form.Item name="name" label={t('savedName')} rules={[{ required: true, message: t('nameMissing') }]}>
            <Input maxLength={MOST_NAME} />
          </Form.Item>
          <Form.Item name="shared" valuePropName="checked">
            <Checkbox>{t('shareIt')}</Checkbox>
          </Form.Item>
          {own && (
            <Form.Item name="replace" valuePropName="checked">
              <Checkbox>{t('replaceIt', { name: own.name })}</Checkbox>
            </Form.Item>
          )}
        </>
      }
    />
  );
}
