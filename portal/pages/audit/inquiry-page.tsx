import Alert from 'antd/es/alert';
import Button from 'antd/es/button';
import Form from 'antd/es/form';
import Input from 'antd/es/input';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';
import { showTime } from '../../parts/dates.js';
import { useDepartmentName } from '../../parts/department-name.js';
import { PageHead } from '../../parts/page-head.js';
import { problemOf, ProblemAlert, type Problem } from '../../parts/problem.js';
import { useItems } from '../../parts/use-items.js';
import { SubjectUsesDocument, type SubjectUsesQuery } from './audit.generated.js';

type Answer = NonNullable<SubjectUsesQuery['subjectUses']>;

/** A citizen asks at the desk who was given their data. The number is neither in the address nor kept; each inquiry is itself
 *  on record. */
export default function InquiryPage() {
  const { t } = useTranslation('audit');
  const { t: enums } = useTranslation('enums');
  const { t: app } = useTranslation();
  const client = useClient();
  const departmentName = useDepartmentName();
  const [answer, setAnswer] = useState<Answer>();
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);
  const names = useItems([...new Set(answer?.nodes.flatMap(({ released }) => released) ?? [])]);
  const ask = async ({ identifier }: { readonly identifier: string }) => {
    setBusy(true);
    setProblem(undefined);
    setAnswer(undefined);
    const { data, error } = await client
      .query(SubjectUsesDocument, { identifier: identifier.trim(), first: 1_000, after: null })
      .toPromise();
    setBusy(false);
    if (data?.subjectUses) setAnswer(data.subjectUses);
    else setProblem(error ? problemOf(error, app('failedHelp')) : { message: app('failedHelp') });
  };
  return (
    <>
      <PageHead
        title={t('inquiry')}
        intro={t('inquiryIntro')}
        actions={answer && <Button onClick={() => window.print()}>{t('print')}</Button>}
      />
      <Form<{ readonly identifier: string }>
        className="no-print"
        layout="vertical"
        style={{ maxWidth: 480 }}
        onFinish={(fields) => void ask(fields)}
      >
        <Form.Item
          name="identifier"
          label={t('identifier')}
          rules={[{ required: true, message: t('identifierMissing') }]}
        >
          <Input maxLength={40} autoComplete="off" />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('ask')}
        </Button>
      </Form>
      {problem && <ProblemAlert problem={problem} />}
      {answer && (
        <>
          <h2>{t('inquiryAnswer', { total: answer.total })}</h2>
          {answer.pageInfo.hasNextPage && <Alert type="info" showIcon title={t('inquiryCut')} />}
          {answer.withheld > 0 && <p>{t('inquiryWithheld', { withheld: answer.withheld })}</p>}
          {answer.nodes.length === 0 && <p>{t('inquiryNone')}</p>}
          <ul className="item-list">
            {answer.nodes.map((use) => (
              <li key={`${use.requestId} ${use.time}`}>
                {showTime(use.time)} · {use.departmentName ?? departmentName(use.department, use.time)} ·{' '}
                {enums(`GrantMode.${use.mode}`)}
                <div>
                  {t('purpose')}：{use.purpose ?? use.scenario ?? '—'}
                </div>
                <div>
                  {t('released')}：{use.released.map((item) => names.get(item)?.name ?? item).join('、')}
                </div>
                {use.basis.length > 0 && (
                  <div>
                    {t('basis')}：{use.basis.join('；')}
                  </div>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
