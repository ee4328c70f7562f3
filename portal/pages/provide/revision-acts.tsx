import Space from 'antd/es/space';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../app/session.js';
import { Act } from '../../parts/act.js';
import { useCommand } from '../../parts/use-command.js';
import {
  ExamineSecrecyDocument,
  PublishResourceDocument,
  ResumeResourceDocument,
  ReviewResourceDocument,
  SubmitResourceDocument,
  SuspendResourceDocument,
  WithdrawResourceDocument,
  type RevisionQuery,
} from './provide.generated.js';

type Entry = NonNullable<RevisionQuery['catalogueResource']>;

/** Steps of a catalogue entry that somebody of the department, or a reviewer, can take as it stands. The hub decides who may. */
export function RevisionActs({ entry, onDone }: { entry: Entry; onDone: () => void }) {
  const { t } = useTranslation('provide');
  const { department, roles } = useSession();
  const submit = useCommand(SubmitResourceDocument, (data) => data.submitResource);
  const review = useCommand(ReviewResourceDocument, (data) => data.reviewResource);
  const examine = useCommand(ExamineSecrecyDocument, (data) => data.examineSecrecy);
  const publish = useCommand(PublishResourceDocument, (data) => data.publishResource);
  const suspend = useCommand(SuspendResourceDocument, (data) => data.suspendResource);
  const resume = useCommand(ResumeResourceDocument, (data) => data.resumeResource);
  const withdraw = useCommand(WithdrawResourceDocument, (data) => data.withdrawResource);
  const { code, version, state } = entry;
  const own = entry.provider === department?.code;
  const authority = roles.includes('authority');
  const seen = { code, version };
  return (
    <Space wrap>
      {own && (state === 'DRAFT' || state === 'CHANGES_REQUESTED') && (
        <Act
          label={t('submit')}
          primary
          help={t('submitHelp')}
          command={submit}
          variables={() => seen}
          onDone={onDone}
        />
      )}
      {state === 'SUBMITTED' && (own || authority) && (
        <>
          <Act
            label={t('approve')}
            primary
            reason="optional"
            command={review}
            variables={({ reason }) => ({ ...seen, approve: true, reason })}
            onDone={onDone}
          />
          <Act
            label={t('sendBack')}
            reason="required"
            command={review}
            variables={({ reason }) => ({ ...seen, approve: false, reason })}
            onDone={onDone}
          />
        </>
      )}
      {state === 'SUBMITTED' && (own || roles.includes('secrecy-reviewer')) && (
        <Act
          label={t('examine')}
          help={t('examineHelp')}
          reason="optional"
          command={examine}
          variables={({ reason }) => ({ ...seen, approve: true, reason })}
          onDone={onDone}
        />
      )}
      {state === 'APPROVED' && (own || authority) && (
        <Act
          label={t('publishEntry')}
          primary
          help={t('publishEntryHelp')}
          command={publish}
          variables={() => seen}
          onDone={onDone}
        />
      )}
      {state === 'PUBLISHED' && (own || authority) && (
        <Act
          label={t('suspend')}
          help={t('suspendHelp')}
          reason="required"
          command={suspend}
          variables={({ reason }) => ({ ...seen, reason })}
          onDone={onDone}
        />
      )}
      {state === 'SUSPENDED' && (own || authority) && (
        <Act
          label={t('resume')}
          reason="optional"
          command={resume}
          variables={({ reason }) => ({ ...seen, reason })}
          onDone={onDone}
        />
      )}
      {own && state !== 'WITHDRAWN' && (
        <Act
          label={t('withdraw')}
          danger
          help={t('withdrawHelp')}
          reason="required"
          command={withdraw}
          variables={({ reason }) => ({ ...seen, reason })}
          onDone={onDone}
        />
      )}
    </Space>
  );
}
