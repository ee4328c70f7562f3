import Form from 'antd/es/form';
import Input from 'antd/es/input';
import Select from 'antd/es/select';
import Space from 'antd/es/space';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';
import { ActOnRows, RowOutcomes, type ActRow, type RowOutcome } from '../../parts/act-on-rows.js';
import { basisKinds } from '../../parts/basis-kinds.js';
import { problemOf } from '../../parts/problem.js';
import {
  DecideReviewDocument,
  type BasisKind,
  type DecisionInput,
  type MyTasksQuery,
  type Verdict,
} from './work.generated.js';

type Task = NonNullable<MyTasksQuery['myTasks']>['nodes'][number];
interface Basis {
  readonly kind?: BasisKind;
  readonly provision?: string;
}

/** Decides several reviews alike, each by a decision of its own with a reason of its own. */
export function DecideTogether({ tasks, onDone }: { tasks: readonly Task[]; onDone: () => void }) {
  const { t } = useTranslation('work');
  const { t: enums } = useTranslation('enums');
  const { t: app } = useTranslation();
  const client = useClient();
  const [outcomes, setOutcomes] = useState<readonly RowOutcome[]>([]);
  const rows = tasks.map(({ id }): ActRow => ({ id, name: id, to: `/review?id=${encodeURIComponent(id)}` }));

  const decide =
    (verdict: Verdict) =>
    async (
      { kind, provision }: Basis,
      reasonOf: (id: string) => string | undefined,
      tell: (outcomes: readonly RowOutcome[]) => void,
    ) => {
      const told: RowOutcome[] = [];
      for (const [at, { id, version, terms }] of tasks.entries()) {
        const decision: DecisionInput = {
          verdict,
          reason: reasonOf(id),
          ...(verdict === 'AGREE' && {
            dutyNeed: true,
            terms: { mode: terms.mode, coordinates: terms.coordinates },
          }),
          ...(verdict === 'REFUSE' && kind && provision && { bases: [{ kind, provision }] }),
        };
        const { data, error } = await client
          .mutation(DecideReviewDocument, { review: id, version, decision })
          .toPromise();
        const unanswered = error ? problemOf(error, app('failedHelp')) : { message: app('failedHelp') };
        const problem = data ? data.decideApplication.refusal : unanswered;
        told.push({ ...rows[at]!, ...(problem && { problem }) });
        tell([...told]);
      }
      onDone();
    };
  const count = tasks.length;
  const required = (message: string) => [{ required: true, message }];
  return (
    <>
      <Space wrap className="no-print acts">
        <ActOnRows<Basis>
          primary
          label={t('agreeToAll', { count })}
          help={t('agreeToAllHelp')}
          reason="optional"
          rows={rows}
          act={decide('AGREE')}
          onOutcomes={setOutcomes}
        />
        <ActOnRows<Basis>
          label={t('askAllForChanges', { count })}
          help={t('askAllForChangesHelp')}
          reason="required"
          rows={rows}
          act={decide('ASK_CHANGES')}
          onOutcomes={setOutcomes}
        />
        <ActOnRows<Basis>
          danger
          label={t('refuseAll', { count })}
          help={t('refuseAllHelp')}
          reason="required"
          rows={rows}
          fields={
            <>
              <Form.Item name={['more', 'kind']} label={t('basisKind')} rules={required(t('basisMissing'))}>
                <Select options={basisKinds.map((value) => ({ value, label: enums(`BasisKind.${value}`) }))} />
              </Form.Item>
              <Form.Item name={['more', 'provision']} label={t('provision')} rules={required(t('basisMissing'))}>
                <Input maxLength={200} />
              </Form.Item>
            </>
          }
          act={decide('REFUSE')}
          onOutcomes={setOutcomes}
        />
      </Space>
      <RowOutcomes outcomes={outcomes} done={t('decided')} />
    </>
  );
}
