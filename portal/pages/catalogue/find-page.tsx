import Alert from 'antd/es/alert';
import Form from 'antd/es/form';
import Input from 'antd/es/input';
import Space from 'antd/es/space';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useDepartmentName, useDepartmentNames } from '../../parts/department-name.js';
import { FilterSelect } from '../../parts/filter-select.js';
import { PageHead } from '../../parts/page-head.js';
import { RecordTable } from '../../parts/record-table.js';
import { ShareTypeTag } from '../../parts/share-type-tag.js';
import { useAnswer } from '../../parts/use-answer.js';
import { useListState } from '../../parts/use-list-state.js';
import { useRecords } from '../../parts/use-records.js';
import {
  CatalogueLibrariesDocument,
  SearchCatalogueDocument,
  type FreshnessState,
  type ItemShareType,
  type Openness,
  type SearchCatalogueQuery,
} from './catalogue.generated.js';

type Hit = NonNullable<SearchCatalogueQuery['searchCatalogue']>['nodes'][number];

/** Finds items of all departments by name, everyday word or Pinyin. */
export default function FindPage() {
  const { t } = useTranslation('catalogue');
  const { t: enums } = useTranslation('enums');
  const list = useListState();
  const text = list.filter('text') ?? '';
  const departments = useDepartmentNames();
  const departmentName = useDepartmentName();
  const records = useRecords(
    SearchCatalogueDocument,
    {
      text,
      provider: list.filter('provider'),
      library: list.filter('library'),
      shareType: list.filter('shareType') as ItemShareType | undefined,
      openness: list.filter('openness') as Openness | undefined,
      freshness: list.filter('freshness') as FreshnessState | undefined,
    },
    ({ searchCatalogue }) => searchCatalogue,
    list,
    text === '',
  );
  const { page } = records;
  const { data: known } = useAnswer(CatalogueLibrariesDocument, {});
  const libraries = (known?.catalogueLibraries ?? []).map(({ code, name, kind, resources }) => ({
    value: code,
    label: `${enums(`LibraryKind.${kind}`)} · ${name}（${resources}）`,
  }));
  const options = (name: 'ItemShareType' | 'Openness' | 'FreshnessState', values: readonly string[]) =>
    values.map((value) => ({ value, label: enums(`${name}.${value}`) }));

  return (
    <>
      <PageHead title={t('title')} intro={t('intro')} />
      <Form layout="vertical" className="filters">
        <Form.Item label={t('text')} name="text" initialValue={text}>
          <Input.Search
            allowClear
            maxLength={100}
            placeholder={t('textHint')}
            onSearch={(value) => list.setFilters({ text: value.trim() })}
          />
        </Form.Item>
        <Space wrap>
          <FilterSelect
            list={list}
            name="provider"
            label={t('provider')}
            any={t('anyProvider')}
            options={[...departments].map(([value, label]) => ({ value, label }))}
          />
          <FilterSelect list={list} name="library" label={t('library')} any={t('anyLibrary')} options={libraries} />
          <FilterSelect
            list={list}
            name="shareType"
            label={t('shareType')}
            any={t('anyShareType')}
            options={options('ItemShareType', ['UNCONDITIONAL', 'CONDITIONAL', 'NOT_SHARED'])}
          />
          <FilterSelect
            list={list}
            name="openness"
            label={t('openness')}
            any={t('anyOpenness')}
            options={options('Openness', ['UNCONDITIONAL', 'CONDITIONAL', 'NOT_OPEN'])}
          />
          <FilterSelect
            list={list}
            name="freshness"
            label={t('freshness')}
            any={t('anyFreshness')}
            options={options('FreshnessState', ['FRESH', 'LATE', 'UNKNOWN', 'UNLIMITED'])}
          />
        </Space>
      </Form>
      {text === '' ? (
        <p>{t('start')}</p>
      ) : (
        <>
          {page?.nodes.some(({ near }) => near) && <Alert type="info" showIcon title={t('near')} />}
          <RecordTable<Hit>
            label={t('title')}
            records={records}
            list={list}
            rowKey={({ item, resource }) => item?.id ?? resource?.code ?? ''}
            empty={t('nothing')}
            columns={[
              {
                title: t('item'),
                text: ({ item }) => item?.name ?? '',
                render: ({ item, resource }) => (
                  <Link to={`/entry?code=${encodeURIComponent(resource?.code ?? '')}`}>{item?.name}</Link>
                ),
              },
              {
                title: t('shareType'),
                text: ({ item }) => (item?.shareType ? enums(`ItemShareType.${item.shareType}`) : ''),
                render: ({ item }) => <ShareTypeTag shareType={item?.shareType ?? null} />,
              },
              { title: t('resource'), text: ({ resource }) => resource?.name ?? '' },
              { title: t('provider'), text: ({ resource }) => departmentName(resource?.provider) },
              {
                title: t('updateCycle'),
                text: ({ resource }) => (resource?.updateCycle ? enums(`UpdateCycle.${resource.updateCycle}`) : ''),
              },
              {
                title: t('freshness'),
                text: ({ resource }) => enums(`FreshnessState.${resource?.freshness?.state ?? 'UNKNOWN'}`),
              },
            ]}
          />
        </>
      )}
    </>
  );
}
