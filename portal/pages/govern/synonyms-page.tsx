import Form from 'antd/es/form';
import Input from 'antd/es/input';
import Select from 'antd/es/select';
import Space from 'antd/es/space';
import { useTranslation } from 'react-i18next';
import { Act } from '../../parts/act.js';
import { showDay } from '../../parts/dates.js';
import { PageHead } from '../../parts/page-head.js';
import { RecordTable } from '../../parts/record-table.js';
import { useCommand } from '../../parts/use-command.js';
import { useListState } from '../../parts/use-list-state.js';
import { useRecords } from '../../parts/use-records.js';
import {
  RemoveSynonymDocument,
  SearchSynonymsDocument,
  SetSynonymDocument,
  type SearchSynonymsQuery,
} from './synonyms.generated.js';

type Synonym = NonNullable<SearchSynonymsQuery['searchSynonyms']>['nodes'][number];

/** Words of everyday life by which the catalogue is found. */
export default function SynonymsPage() {
  const { t } = useTranslation('govern');
  const list = useListState();
  const records = useRecords(
    SearchSynonymsDocument,
    { word: list.filter('word') },
    ({ searchSynonyms }) => searchSynonyms,
    list,
  );
  const set = useCommand(SetSynonymDocument, (data) => data.setSynonym);
  const remove = useCommand(RemoveSynonymDocument, (data) => data.removeSynonym);
  const onDone = records.answer.reload;
  const required = [{ required: true, message: t('fillIn') }];
  const meanings = (
    <Form.Item name="meanings" label={t('meanings')} extra={t('meaningsHelp')} rules={required}>
      <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[' ', '，', '、', ',']} />
    </Form.Item>
  );
  return (
    <>
      <PageHead
        title={t('synonyms')}
        intro={t('synonymsIntro')}
        actions={
          <Act<Parameters<typeof set.run>[0], unknown, { readonly word: string; readonly meanings: readonly string[] }>
            label={t('addSynonym')}
            primary
            fields={
              <>
                <Form.Item name="word" label={t('everydayWord')} rules={required}>
                  <Input maxLength={20} />
                </Form.Item>
                {meanings}
              </>
            }
            command={set}
            variables={({ word, meanings }) => ({ word, meanings })}
            onDone={onDone}
          />
        }
      />
      <Form layout="vertical" className="filters">
        <Form.Item label={t('everydayWord')} name="word" initialValue={list.filter('word') ?? ''}>
          <Input.Search
            allowClear
            maxLength={20}
            onSearch={(value) => list.setFilters({ word: value.trim() || undefined })}
          />
        </Form.Item>
      </Form>
      <RecordTable<Synonym>
        label={t('synonyms')}
        records={records}
        list={list}
        rowKey={({ word }) => word}
        columns={[
          { title: t('everydayWord'), text: ({ word }) => word },
          { title: t('meanings'), text: ({ meanings }) => meanings.join('、') },
          { title: t('changedAt'), text: ({ changedAt }) => showDay(changedAt) },
          {
            title: t('acts'),
            text: () => '',
            render: ({ word, meanings: before }) => (
              <Space wrap>
                <Act<Parameters<typeof set.run>[0], unknown, { readonly meanings: readonly string[] }>
                  label={t('changeSynonym')}
                  initial={{ meanings: before }}
                  fields={meanings}
                  command={set}
                  variables={({ meanings }) => ({ word, meanings })}
                  onDone={onDone}
                />
                <Act
                  label={t('removeSynonym')}
                  danger
                  help={t('removeSynonymHelp')}
                  command={remove}
                  variables={() => ({ word })}
                  onDone={onDone}
                />
              </Space>
            ),
          },
        ]}
      />
    </>
  );
}
