import { useTranslation } from 'react-i18next';

/** How long there is left, as `ReviewTime` of governance says it. */
export interface Time {
  readonly due: string | null;
  readonly provisional: boolean;
  readonly workingDaysLeft: number | null;
  readonly overdue: boolean;
}

/** @returns says the last day of a step, and the working days until then */
export function useDueText(): (time: Time) => string {
  const { t } = useTranslation();
  return ({ due, provisional, workingDaysLeft, overdue }) => {
    if (!due) return t('noDue');
    const left = workingDaysLeft ?? 0;
    const words = overdue ? t('overdue', { days: -left }) : t('daysLeft', { days: left });
    return [due, words, ...(provisional ? [t('provisional')] : [])].join(' · ');
  };
}

/** The last day of a step, and the working days until then. */
export function Due({ time }: { time: Time }) {
  const dueText = useDueText();
  if (!time.due) return <>{dueText(time)}</>;
  return <span className={time.overdue ? 'due due-late' : 'due'}>{dueText(time)}</span>;
}
