import { useTranslation } from 'react-i18next';
import type { AnyVariables } from 'urql';
import { Act } from '../../parts/act.js';
import type { Command } from '../../parts/use-command.js';

/** The button by which the authority suspends what is in force, with a reason, or resumes what is suspended.
 *  @param props  `label` and `help` of suspending; `variables`: of either command, by its reason */
export function SuspendOrResume<V extends AnyVariables>({
  suspended,
  label,
  help,
  suspend,
  resume,
  variables,
  onDone,
}: {
  suspended: boolean;
  label: string;
  help: string;
  suspend: Command<V, unknown>;
  resume: Command<V, unknown>;
  variables: (filled: { readonly reason?: string }) => V;
  onDone: () => void;
}) {
  const { t } = useTranslation('govern');
  return suspended ? (
    <Act label={t('resume')} reason="optional" command={resume} variables={variables} onDone={onDone} />
  ) : (
    <Act label={label} danger help={help} reason="required" command={suspend} variables={variables} onDone={onDone} />
  );
}
