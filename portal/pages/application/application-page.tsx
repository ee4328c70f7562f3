import Button from 'antd/es/button';
import Descriptions from 'antd/es/descriptions';
import Popconfirm from 'antd/es/popconfirm';
import Result from 'antd/es/result';
import Timeline from 'antd/es/timeline';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useSearchParams } from 'react-router';
import { useSession } from '../../app/session.js';
import { showDay, showTime } from '../../parts/dates.js';
import { DepartmentName } from '../../parts/department-name.js';
import { Due } from '../../parts/due.js';
import { ItemList } from '../../parts/item-list.js';
import { PageHead } from '../../parts/page-head.js';
import { ProblemAlert } from '../../parts/problem.js';
import { useAnswer } from '../../parts/use-answer.js';
import { useCommand } from '../../parts/use-command.js';
import { useItems } from '../../parts/use-items.js';
import {
  ApplicationDocument,
  SubmitApplicationDocument,
  WithdrawApplicationDocument,
} from './application.generated.js';
import { Attachments } from './attachments.js';
import { Findings } from './findings.js';
import { WaitsFor } from '../../parts/waits-for.js';

/** One application: what is asked, how far each provider is, and what was done about it. */
export default function ApplicationPage() {
  const { t } = useTranslation('application');
  const { t: enums } = useTranslation('enums');
  const { department } = useSession();
  const [params] = useSearchParams();
  const id = params.get('id') ?? '';
  const saved = useLocation().state as { findings?: React.ComponentProps<typeof Findings>['findings'] } | null;
  const answer = useAnswer(ApplicationDocument, { id }, id === '');
  const submit = useCommand(SubmitApplicationDocument, (data) => data.submitApplication);
  const withdraw = useCommand(WithdrawApplicationDocument, (data) => data.withdrawApplication);
  const application = answer.data?.application;
  const items = useItems(application?.form.coordinates ?? []);

  if (answer.problem) return <ProblemAlert problem={answer.problem} onRetry={answer.reload} />;
  if (!application) return answer.loading ? null : <Result status="404" title={t('noApplication')} subTitle={id} />;
  const { form, reviews, history, state, version } = application;
  const mine = application.department === department?.code;
  const open = state === 'DRAFT' || state === 'SUBMITTED';
  const after = (done: unknown) => done !== undefined && answer.reload();
  return (
    <>
      <PageHead
        title={t('applicationTitle', { id })}
        intro={enums(`ApplicationState.${state}`)}
        actions={
          mine &&
          open && (
            <>
              {state === 'DRAFT' && (
                <Button
                  type="primary"
                  loading={submit.busy}
                  onClick={() => void submit.run({ id, version }).then(after)}
                >
                  {t('submit')}
                </Button>
              )}{' '}
              <Popconfirm
                title={t('withdrawSure')}
                onConfirm={() => void withdraw.run({ id, version, reason: t('withdrawReason') }).then(after)}
              >
                <Button loading={withdraw.busy}>{t('withdraw')}</Button>
              </Popconfirm>
            </>
          )
        }
      />
      {submit.problem && <ProblemAlert problem={submit.problem} />}
      {withdraw.problem && <ProblemAlert problem={withdraw.problem} />}
      <Findings findings={saved?.findings ?? []} />
      <h2>{t('progress')}</h2>
      {reviews.length === 0 && <p>{t('notSubmitted')}</p>}
      <ul className="progress">
        {reviews.map((review) => (
          <li key={review.id}>
            <Link to={`/review?id=${encodeURIComponent(review.id)}`}>
              <DepartmentName code={review.provider} />
            </Link>
            ：{enums(`ProviderReviewStatus.${review.status}`)} · <WaitsFor waitsFor={review.waitsFor} />
            {review.time.due && (
              <>
                {' '}
                · <Due time={review.time} />
              </>
            )}
            {review.grant && ` · ${t('grant')} ${review.grant}`}
            {review.refusalReason && <div>{review.refusalReason}</div>}
          </li>
        ))}
      </ul>
      <h2>{t('asked')}</h2>
      <ItemList coordinates={form.coordinates ?? []} items={items} />
      <Descriptions
        column={{ xs: 1, md: 2 }}
        bordered
        size="small"
        items={[
          { key: 'department', label: t('applicant'), children: <DepartmentName code={application.department} /> },
          { key: 'scenario', label: t('scenario'), children: application.scenario ?? '—' },
          { key: 'mode', label: t('mode'), children: form.mode ? enums(`GrantMode.${form.mode}`) : '—' },
          ...(form.verificationDetails?.length
            ? [
                {
                  key: 'details',
                  label: t('details'),
                  children: form.verificationDetails.map((each) => enums(`VerificationDetail.${each}`)).join('、'),
                },
              ]
            : []),
          {
            key: 'uses',
            label: t('uses'),
            children: form.uses?.map((use) => enums(`DataUse.${use}`)).join('、') ?? '—',
          },
          { key: 'reason', label: t('reason'), children: form.reason ?? '—', span: 2 },
          { key: 'until', label: t('until'), children: showDay(form.until) },
          { key: 'contact', label: t('contactName'), children: [form.contactName, form.contactPhone].join(' ') },
        ]}
      />
      <Attachments
        application={id}
        files={application.files}
        mayAttach={mine && open && application.closedAt === null}
        onDone={answer.reload}
      />
      <h2>{t('history')}</h2>
      <Timeline
        items={history.map(({ id: event, at, department: by, action, reason, clauses }) => ({
          key: event,
          content: (
            <>
              {showTime(at)} · <DepartmentName code={by} at={at} /> · {enums(`ApplicationAction.${action}`)}
              {reason && <div>{reason}</div>}
              {clauses.length > 0 && <small>{clauses.join('、')}</small>}
            </>
          ),
        }))}
      />
    </>
  );
}
