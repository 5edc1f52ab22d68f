import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { MyAssignmentView } from '../../dispatch/contract.js';
import type { HowItWasDto } from '../../encounters/contract.js';
import { useAction } from '../api/actions.js';
import { ownQueries } from '../api/own-queries.js';
import { INTENSITIES } from '../api/types.js';
import { Tokens } from '../parts/tokens.js';
import { ProblemNote } from '../parts/problem-note.js';
import { leave, say, wasLeft } from './notice.js';
import styles from './peer.module.css';

const skip = (assignmentId: string): string => `how-it-was:${assignmentId}`;

/** Who gave a contact on is asked afterwards how it was for them: one tap, or none. Going was never held up by it. */
export function HowItWas(): ReactElement | null {
  const { data = [] } = useQuery(ownQueries.outcomes());
  const [, look] = useState(0);
  const asked = data.find(({ assignmentId, howItWasAsked }) => howItWasAsked && !wasLeft(skip(assignmentId)));
  if (!asked) return null;
  const over = (): void => {
    leave(skip(asked.assignmentId));
    look((times) => times + 1);
  };
  return <Ask key={asked.assignmentId} assignmentId={asked.assignmentId} onOver={over} />;
}

function Ask({ assignmentId, onOver }: { assignmentId: string; onOver: () => void }): ReactElement {
  const { t } = useTranslation();
  const { mutate, isPending, variables, error } = useAction<MyAssignmentView, HowItWasDto>((body) => ({ path: `/assignments/${assignmentId}/how-it-was`, body }), {
    done: () => {
      if (variables) say([`rest.after.${variables.intensity}`]);
      onOver();
    },
  });
  return (
    <section className={styles.howItWas} aria-label={t('howItWas.title')}>
      <Tokens
        big label={t('howItWas.title')} options={INTENSITIES.map((value) => ({ value, label: t(`intensity.${value}`) }))} chosen={isPending ? [variables.intensity] : []}
        onChange={([intensity]) => intensity !== undefined && !isPending && mutate({ intensity })}
      />
      <p className="pd-dim">{t('howItWas.help')}</p>
      <ProblemNote fault={error} />
      <button type="button" className={styles.quiet} disabled={isPending} onClick={onOver}>{t('howItWas.skip')}</button>
    </section>
  );
}
