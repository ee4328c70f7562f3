import Space from 'antd/es/space';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient, type AnyVariables, type TypedDocumentNode } from 'urql';
import { useSession } from '../../app/session.js';
import { ActOnRows, RowOutcomes, type RowOutcome } from '../../parts/act-on-rows.js';
import { problemOf, type Problem } from '../../parts/problem.js';
import {
  ExamineTogetherDocument,
  PublishTogetherDocument,
  ReviewTogetherDocument,
  SubmitTogetherDocument,
  type OwnEntriesQuery,
} from './provide.generated.js';

type Entry = NonNullable<OwnEntriesQuery['catalogueResources']>['nodes'][number];
interface EntryVersion {
  readonly code: string;
  readonly version: number;
}
type Results = readonly { readonly refusal: Problem | null }[];

/** Steps that several entries of the catalogue take together: those that the person may take, each on the picked entries that
 *  stand where it begins. */
export function ActOnEntries({ entries, onDone }: { entries: readonly Entry[]; onDone: () => void }) {
  const { t } = useTranslation('provide');
  const { department, roles } = useSession();
  const send = useSend(onDone);
  const [outcomes, setOutcomes] = useState<readonly RowOutcome[]>([]);
  const own = entries.filter(({ provider }) => provider === department?.code);
  const isProvider = roles.includes('provider');
  const authority = roles.includes('authority');
  const secrecy = roles.includes('secrecy-reviewer');
  const inState = (from: readonly Entry[], ...states: Entry['state'][]) =>
    from.filter(({ state }) => states.includes(state));
  const drafts = inState(own, 'DRAFT', 'CHANGES_REQUESTED');
  const submitted = inState(authority ? entries : own, 'SUBMITTED');
  const toExamine = inState(secrecy ? entries : own, 'SUBMITTED');
  const approved = inState(authority ? entries : own, 'APPROVED');
  const review = (approve: boolean) =>
    send(
      ReviewTogetherDocument,
      (each, reason) => ({ entries: each, approve, reason }),
      ({ reviewResources: all }) => all,
    );
  const examine = (approve: boolean) =>
    send(
      ExamineTogetherDocument,
      (each, reason) => ({ entries: each, approve, reason }),
      ({ examineSecrecyOfResources: all }) => all,
    );
  const shared = { onOutcomes: setOutcomes };
  return (
    <>
      <Space wrap className="no-print acts">
        {isProvider && (
          <ActOnRows
            {...shared}
            label={t('submitTogether', { count: drafts.length })}
            reason="none"
            rows={drafts.map(toRow)}
            act={send(
              SubmitTogetherDocument,
              (each) => ({ entries: each }),
              ({ submitResources: all }) => all,
            )(drafts)}
          />
        )}
        {(isProvider || authority) && (
          <>
            <ActOnRows
              {...shared}
              label={t('approveTogether', { count: submitted.length })}
              reason="optional"
              rows={submitted.map(toRow)}
              act={review(true)(submitted)}
            />
            <ActOnRows
              {...shared}
              label={t('sendBackTogether', { count: submitted.length })}
              reason="required"
              rows={submitted.map(toRow)}
              act={review(false)(submitted)}
            />
          </>
        )}
        {(isProvider || secrecy) && (
          <>
            <ActOnRows
              {...shared}
              label={t('examineTogether', { count: toExamine.length })}
              help={t('examineHelp')}
              reason="optional"
              rows={toExamine.map(toRow)}
              act={examine(true)(toExamine)}
            />
            <ActOnRows
              {...shared}
              label={t('refuseSecrecyTogether', { count: toExamine.length })}
              reason="required"
              rows={toExamine.map(toRow)}
              act={examine(false)(toExamine)}
            />
          </>
        )}
        {(isProvider || authority) && (
          <ActOnRows
            {...shared}
            label={t('publishTogether', { count: approved.length })}
            help={t('publishEntryHelp')}
            reason="none"
            rows={approved.map(toRow)}
            act={send(
              PublishTogetherDocument,
              (each) => ({ entries: each }),
              ({ publishResources: all }) => all,
            )(approved)}
          />
        )}
      </Space>
      <RowOutcomes outcomes={outcomes} done={t('stepTaken')} />
    </>
  );
}

const toRow = ({ id, name }: Entry) => ({ id, name, to: `/revision?id=${encodeURIComponent(id)}` });

/** Sends an act on entries: those of one reason together, for the hub takes one reason for all that it is given at once. */
function useSend(onDone: () => void) {
  const client = useClient();
  const { t } = useTranslation();
  return <T, V extends AnyVariables>(
      document: TypedDocumentNode<T, V>,
      toVariables: (entries: EntryVersion[], reason: string | undefined) => V,
      resultsOf: (data: T) => Results,
    ) =>
    (entries: readonly Entry[]) =>
    async (
      _: object,
      reasonOf: (id: string) => string | undefined,
      tell: (outcomes: readonly RowOutcome[]) => void,
    ): Promise<void> => {
      const told: RowOutcome[] = [];
      for (const [reason, alike] of Map.groupBy(entries, ({ id }) => reasonOf(id))) {
        const variables = toVariables(
          alike.map(({ code, version }) => ({ code, version })),
          reason,
        );
        const { data, error } = await client.mutation(document, variables).toPromise();
        const unanswered = error ? problemOf(error, t('failedHelp')) : { message: t('failedHelp') };
        const results = data && resultsOf(data);
        told.push(
          ...alike.map((entry, at) => {
            const problem = results ? results[at]?.refusal : unanswered;
            return { ...toRow(entry), ...(problem && { problem }) };
          }),
        );
        tell([...told]);
      }
      onDone();
    };
}
