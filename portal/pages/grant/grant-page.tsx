import Alert from 'antd/es/alert';
import DatePicker from 'antd/es/date-picker';
import Descriptions from 'antd/es/descriptions';
import Form from 'antd/es/form';
import Result from 'antd/es/result';
import Select from 'antd/es/select';
import Space from 'antd/es/space';
import type { Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { useSession } from '../../app/session.js';
import { Act } from '../../parts/act.js';
import { endOfDay, showDay, showTime } from '../../parts/dates.js';
import { DepartmentName } from '../../parts/department-name.js';
import { ItemList } from '../../parts/item-list.js';
import { PageHead } from '../../parts/page-head.js';
import { ProblemAlert } from '../../parts/problem.js';
import { useAnswer } from '../../parts/use-answer.js';
import { useCommand } from '../../parts/use-command.js';
import { useItems } from '../../parts/use-items.js';
import { grantState, GrantStateTag } from './grant-state.js';
import {
  AuthorisePersonsDocument,
  GrantDocument,
  RenewGrantDocument,
  ResumeGrantDocument,
  RevokeGrantDocument,
  SuspendGrantDocument,
  type Post,
} from './grant.generated.js';

const POSTS: readonly Post[] = ['HEAD', 'LEADER_IN_CHARGE', 'DATA_ADMINISTRATOR', 'CONTACT', 'DESIGNATED_PERSON'];

/** One grant: what it gives, for how long, and what its parties may do about it. */
export default function GrantPage() {
  const { t } = useTranslation('grant');
  const { t: enums } = useTranslation('enums');
  const { department } = useSession();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const id = params.get('id') ?? '';
  const answer = useAnswer(GrantDocument, { id }, id === '');
  const grant = answer.data?.grantOf;
  const items = useItems(grant?.coordinates ?? []);
  const suspend = useCommand(SuspendGrantDocument, (data) => data.suspendGrant);
  const resume = useCommand(ResumeGrantDocument, (data) => data.resumeGrant);
  const revoke = useCommand(RevokeGrantDocument, (data) => data.revokeGrant);
  const renew = useCommand(RenewGrantDocument, (data) => data.renewGrant);
  const authorise = useCommand(AuthorisePersonsDocument, (data) => data.authorisePersons);

  if (answer.problem) return <ProblemAlert problem={answer.problem} onRetry={answer.reload} />;
  if (!grant) return answer.loading ? null : <Result status="404" title={t('noGrant')} subTitle={id} />;
  const mine = grant.department === department?.code;
  const state = grantState(grant);
  const over = state === 'revoked' || state === 'ended';
  return (
    <>
      <PageHead
        title={t('grantTitle', { id })}
        actions={
          <Space wrap>
            <GrantStateTag grant={grant} />
            {mine && (
              <Act<
                Parameters<typeof renew.run>[0],
                { readonly application: { readonly id: string } | null },
                { readonly until: Dayjs }
              >
                label={t('renew')}
                primary
                help={t('renewHelp')}
                reason="required"
                fields={
                  <Form.Item
                    name="until"
                    label={t('renewUntil')}
                    rules={[{ required: true, message: t('untilMissing') }]}
                  >
                    <DatePicker />
                  </Form.Item>
                }
                command={renew}
                variables={({ until, reason }) => ({
                  id,
                  until: endOfDay(until),
                  reason: reason ?? '',
                })}
                onDone={({ application }) => application && void navigate(`/application?id=${application.id}`)}
              />
            )}
            {!over && mine && (
              <Act<
                Parameters<typeof authorise.run>[0],
                unknown,
                { readonly posts?: Post[]; readonly persons?: string[] }
              >
                label={t('authorise')}
                help={t('authoriseHelp')}
                initial={{
                  persons: grant.persons?.filter((each) => !each.startsWith('*')),
                  posts: grant.persons?.filter((each) => each.startsWith('*')).map((each) => each.slice(1) as Post),
                }}
                fields={
                  <>
                    <Form.Item name="posts" label={t('posts')}>
                      <Select
                        mode="multiple"
                        options={POSTS.map((value) => ({ value, label: enums(`Post.${value}`) }))}
                      />
                    </Form.Item>
                    <Form.Item name="persons" label={t('persons')}>
                      <Select mode="tags" open={false} suffixIcon={null} />
                    </Form.Item>
                  </>
                }
                command={authorise}
                variables={({ posts, persons }) => ({ id, posts: posts ?? [], persons: persons ?? [] })}
                onDone={answer.reload}
              />
            )}
            {!over && (
              <Act
                label={t('suspend')}
                help={t('suspendHelp')}
                reason="required"
                command={suspend}
                variables={({ reason }) => ({ id, reason: reason ?? '' })}
                onDone={answer.reload}
              />
            )}
            {grant.suspended && !over && (
              <Act
                label={t('resume')}
                help={t('resumeHelp')}
                reason="optional"
                command={resume}
                variables={({ reason }) => ({ id, reason })}
                onDone={answer.reload}
              />
            )}
            {!over && (
              <Act
                label={t('revoke')}
                danger
                help={t('revokeHelp')}
                reason="required"
                command={revoke}
                variables={({ reason }) => ({ id, reason: reason ?? '' })}
                onDone={answer.reload}
              />
            )}
          </Space>
        }
      />
      {grant.suspensions.map(({ party, reason, since }) => (
        <Alert
          key={party}
          type="warning"
          showIcon
          title={t('suspendedBy', { party: enums(`GrantParty.${party}`), at: showTime(since) })}
          description={reason}
        />
      ))}
      {grant.revokedAt && (
        <Alert
          type="error"
          showIcon
          title={t('revokedAt', { at: showTime(grant.revokedAt) })}
          description={grant.revocation}
        />
      )}
      <h2>{t('items')}</h2>
      <ItemList coordinates={grant.coordinates} items={items} />
      <Descriptions
        column={{ xs: 1, md: 2 }}
        bordered
        size="small"
        items={[
          { key: 'holder', label: t('holder'), children: <DepartmentName code={grant.department} /> },
          { key: 'scenario', label: t('scenario'), children: grant.scenario },
          { key: 'mode', label: t('mode'), children: enums(`GrantMode.${grant.mode}`) },
          { key: 'period', label: t('period'), children: `${showDay(grant.from)} – ${showDay(grant.until)}` },
          { key: 'rows', label: t('rows'), children: grant.rows?.join('、') ?? t('allRows') },
          { key: 'quota', label: t('quota'), children: grant.quotaPerDay ?? t('noQuota') },
          ...(grant.mode === 'VERIFY'
            ? [
                {
                  key: 'details',
                  label: t('details'),
                  children:
                    grant.verificationDetails?.map((each) => enums(`VerificationDetail.${each}`)).join('、') ??
                    t('noDetails'),
                },
              ]
            : []),
          {
            key: 'masked',
            label: t('masked'),
            children:
              grant.masked
                .map(
                  ({ coordinate, as }) => `${items.get(coordinate)?.name ?? coordinate}（${enums(`MaskedAs.${as}`)}）`,
                )
                .join('、') || '—',
          },
          {
            key: 'persons',
            label: t('whoMay'),
            children:
              grant.persons?.map((each) => (each.startsWith('*') ? enums(`Post.${each.slice(1)}`) : each)).join('、') ??
              t('everybody'),
          },
          {
            key: 'uses',
            label: t('uses'),
            children: grant.uses?.map((use) => enums(`DataUse.${use}`, use)).join('、') ?? '—',
          },
          { key: 'conditions', label: t('conditions'), children: grant.conditions?.join('；') || '—' },
          { key: 'approver', label: t('approver'), children: grant.approver },
          { key: 'basis', label: t('basis'), children: grant.basis.join('；') || '—' },
          { key: 'coordination', label: t('coordination'), children: grant.coordination ?? '—' },
          {
            key: 'application',
            label: t('application'),
            children: grant.application ? (
              <Link to={`/application?id=${grant.application}`}>{grant.application}</Link>
            ) : (
              '—'
            ),
          },
        ]}
      />
    </>
  );
}
