import Alert from 'antd/es/alert';
import Descriptions from 'antd/es/descriptions';
import Result from 'antd/es/result';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useSession } from '../../app/session.js';
import { showDay, showTime } from '../../parts/dates.js';
import { DepartmentName } from '../../parts/department-name.js';
import { Due } from '../../parts/due.js';
import { ItemList } from '../../parts/item-list.js';
import { PageHead } from '../../parts/page-head.js';
import { ProblemAlert } from '../../parts/problem.js';
import { useAnswer } from '../../parts/use-answer.js';
import { useItems } from '../../parts/use-items.js';
import { ProviderReviewDocument } from './application.generated.js';
import { DecisionForm } from './decision-form.js';
import { ObjectionForm } from './objection-form.js';
import { ReviewActs } from './review-acts.js';
import { WaitsFor } from '../../parts/waits-for.js';

/** One provider's part of an application: what is asked, what was decided, and the decision to take. */
export default function ReviewPage() {
  const { t } = useTranslation('application');
  const { t: enums } = useTranslation('enums');
  const { t: app } = useTranslation();
  const { department, roles } = useSession();
  const [params] = useSearchParams();
  const id = params.get('id') ?? '';
  const answer = useAnswer(ProviderReviewDocument, { id }, id === '');
  const review = answer.data?.providerReview;
  const items = useItems(review?.asked.coordinates ?? []);

  if (answer.problem) return <ProblemAlert problem={answer.problem} onRetry={answer.reload} />;
  if (!review) return answer.loading ? null : <Result status="404" title={t('noReview')} subTitle={id} />;
  const waitsForMe = review.waitsFor.some(
    (party) => party === department?.code || roles.some((role) => party === `*${role}`),
  );
  const mayDecide = waitsForMe && review.department !== department?.code && review.status === 'REVIEW';
  const mayObject = review.status === 'REFUSED' && review.department === department?.code;
  const { application } = review;
  return (
    <>
      <PageHead title={t('reviewTitle', { id })} intro={enums(`ProviderReviewStatus.${review.status}`)} />
      <p>
        <WaitsFor waitsFor={review.waitsFor} /> · <Due time={review.time} />
        {review.clauses.length > 0 && ` · ${review.clauses.join('、')}`}
      </p>
      {review.notes.map((note) => (
        <Alert key={note} type="info" showIcon title={note} />
      ))}
      {review.grant && <Alert type="success" showIcon title={t('granted', { grant: review.grant })} />}
      {(review.coordination ?? review.proposedCoordination) && (
        <Alert
          type="info"
          showIcon
          title={t(review.coordination ? 'coordinated' : 'coordinationProposed', {
            reference: review.coordination ?? review.proposedCoordination,
          })}
        />
      )}
      {review.refusalReason && <Alert type="warning" showIcon title={review.refusalReason} />}
      <h2>{t('asked')}</h2>
      <ItemList coordinates={review.asked.coordinates} items={items} />
      <Descriptions
        column={{ xs: 1, md: 2 }}
        bordered
        size="small"
        items={[
          { key: 'applicant', label: t('applicant'), children: <DepartmentName code={review.department} /> },
          { key: 'provider', label: t('provider'), children: <DepartmentName code={review.provider} /> },
          { key: 'mode', label: t('mode'), children: enums(`GrantMode.${review.asked.mode}`) },
          { key: 'until', label: t('until'), children: showDay(review.asked.until) },
          ...(review.asked.verificationDetails
            ? [
                {
                  key: 'details',
                  label: t('details'),
                  children: review.asked.verificationDetails
                    .map((each) => enums(`VerificationDetail.${each}`))
                    .join('、'),
                },
              ]
            : []),
          {
            key: 'application',
            label: t('number'),
            children: application && <Link to={`/application?id=${application.id}`}>{application.id}</Link>,
          },
          { key: 'scenario', label: t('scenario'), children: application?.scenario ?? '—' },
          { key: 'reason', label: t('reason'), children: application?.form.reason ?? '—', span: 2 },
          {
            key: 'contact',
            label: t('contactName'),
            children: [application?.form.contactName, application?.form.contactPhone].join(' '),
          },
        ]}
      />
      {review.decisions.length > 0 && (
        <>
          <h2>{t('decisions')}</h2>
          <ul>
            {review.decisions.map((decision) => (
              <li key={`${decision.step} ${decision.role}`}>
                {showTime(decision.at)} · <DepartmentName code={decision.department} at={decision.at} /> ·{' '}
                {app(`roles.${decision.role.toLowerCase().replaceAll('_', '-')}`)} ·{' '}
                {enums(`Verdict.${decision.verdict}`)}
                {decision.reason && <div>{decision.reason}</div>}
                {decision.bases.map(({ kind, provision }) => (
                  <div key={provision}>
                    {enums(`BasisKind.${kind}`)}：{provision}
                  </div>
                ))}
              </li>
            ))}
          </ul>
        </>
      )}
      <ReviewActs review={review} onDone={answer.reload} />
      {mayDecide && <DecisionForm key={review.version} review={review} items={items} onDone={answer.reload} />}
      {mayObject && <ObjectionForm review={review} onDone={answer.reload} />}
    </>
  );
}
